// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QLayout>
#include <QtWidgets/QWidget>

namespace atalaya::common {

/// The widget inside a scroll area whose labels wrap: never shorter than its wrapped lines need. A plain widget is
/// squeezed to what its layout says without regard to its width.
class ScrollBody final : public QWidget
{
public:
    using QWidget::QWidget;

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
