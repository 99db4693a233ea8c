// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/state_painter.h"

#include <QtWidgets/QWidget>

namespace atalaya::breakers {

/// One source's word for a breaker: who says it, the state as shape and word, how old it is, and why it may be wrong.
class ReadingBox final : public QWidget
{
    Q_OBJECT
public:
    struct Reading
    {
        QString title; ///< "Control endpoint"
        theme::Switch glyph = theme::Switch::Unknown;
        QString word;    ///< "half-open"; empty: no such reading
        QString age;     ///< "read 4 s ago"
        QString toolTip; ///< the moment itself
        bool isLive = false;
        bool disagrees = false;

        bool operator==(const Reading &) const = default;
    };

    explicit ReadingBox(QWidget *parent = nullptr);
    void show(const Reading &reading);
    const Reading &reading() const { return m_reading; }
    QSize sizeHint() const override { return {150, 76}; }
    QSize minimumSizeHint() const override { return {120, 76}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Reading m_reading;
};

} // namespace atalaya::breakers
