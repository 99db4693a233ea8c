// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/overview/system_summary.h"

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace atalaya::overview {

/// The sentence on top of the Overview with its shape, and what stands behind it.
class VerdictHeader final : public QWidget
{
    Q_OBJECT
public:
    explicit VerdictHeader(QWidget *parent = nullptr);

    void show(const Verdict &verdict);
    void setNarrow(bool narrow);

Q_SIGNALS:
    void alertsRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void writeDetail();

    Verdict m_verdict;
    QLabel *m_sentence;
    QLabel *m_detail;
    QPushButton *m_alerts;
};

} // namespace atalaya::overview
