// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dashboards/row_header.h"

#include "models/base/quantity.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QPainter>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::dashboards {

RowHeader::RowHeader(const QString &title, int panels, QWidget *parent) : QAbstractButton(parent), m_panels(panels)
{
    setText(title);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setToolTip(tr("Fold or unfold (Space)"));
    setAccessibleName(tr("Row %1").arg(title));
}

void RowHeader::paintEvent(QPaintEvent *)
{
    using theme::Token;
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    if (underMouse())
        theme::paintSurface(painter, rect(), theme::chipRadius, look.color(Token::Hover), {});
    theme::paintIcon(painter, isChecked() ? theme::Icon::ChevronRight : theme::Icon::ChevronDown,
                     QRectF(4, height() / 2.0 - 8, 16, 16), look.color(Token::Text2));
    const qreal taken = theme::paintText(painter, QRectF(28, 0, width() - 40, height()), text(),
                                         theme::font(theme::TextSize::Body, QFont::DemiBold), look.color(Token::Text1));
    if (isChecked())
        theme::paintText(painter, QRectF(28 + taken + 10, 0, std::max(0.0, width() - taken - 50), height()),
                         counted(m_panels, tr("%1 panel folded"), tr("%1 panels folded")),
                         theme::font(theme::TextSize::Small), look.color(Token::Text3));
    if (hasFocus())
        theme::paintFocusRing(painter, QRectF(rect()).adjusted(1, 1, -1, -1), theme::chipRadius, look);
}

void RowHeader::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void RowHeader::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace atalaya::dashboards

#include "moc_row_header.cpp"
