// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/snapshot.h"
#include "models/health/health_report.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QWidget>

namespace atalaya::health {

/// The start-up validation of one instance: how much of the budget it took, and each check with its share of the time.
class StartupPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit StartupPanel(QWidget *parent = nullptr);

    void show(const QString &instance, const Snapshot<StartupReport> &startup, Timestamp now, const QTimeZone &zone);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Line
    {
        StartupCheck check;
        double beganAtMs = 0;
        bool operator==(const Line &) const = default;
    };
    QString m_title, m_total, m_rest, m_problem;
    double m_share = 0;
    double m_totalMs = 0;
    bool m_overBudget = false;
    QList<Line> m_lines;
};

} // namespace atalaya::health
