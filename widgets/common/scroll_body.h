// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QVariant>
#include <QtWidgets/QLayout>
#include <QtWidgets/QScrollArea>

namespace atalaya::common {

/// The widget inside a scroll area that scrolls up and down only and whose labels wrap: never shorter than its wrapped
/// lines need. A plain widget is squeezed to what its layout says without regard to its width.
class ScrollBody final : public QWidget
{
public:
    explicit ScrollBody(QScrollArea *area) : QWidget(area)
    {
        setProperty("surface", QStringLiteral("none"));
        area->setWidgetResizable(true);
        area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        area->setFrameShape(QFrame::NoFrame);
        area->setWidget(this);
    }

    QSize minimumSizeHint() const override
    {
        if (!layout())
            return QWidget::minimumSizeHint();
        const int height = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width())
                                                         : layout()->totalMinimumSize().height();
        return {0, height};
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QWidget::resizeEvent(event);
        updateGeometry();
    }
};

} // namespace atalaya::common
