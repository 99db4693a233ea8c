// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/flags/flag_table_model.h"

#include <QtWidgets/QWidget>

namespace atalaya::flags {

/// One line an instance: what it runs, and how fresh that is.
class InstanceValues final : public QWidget
{
    Q_OBJECT
public:
    struct Line
    {
        QString instance;
        FlagLine::Value value = FlagLine::Value::Unknown;
        QString words;
        QString toolTip;
        bool isPending = false;

        bool operator==(const Line &) const = default;
    };

    explicit InstanceValues(QWidget *parent = nullptr);
    void show(const QList<Line> &lines);
    const QList<Line> &lines() const { return m_lines; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QList<Line> m_lines;
};

} // namespace atalaya::flags
