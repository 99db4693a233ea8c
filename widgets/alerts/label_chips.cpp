// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/alerts/label_chips.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QHelpEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>

#include <algorithm>
#include <cmath>

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;
using theme::Token;

namespace {

constexpr qreal chipHeight = 20;
constexpr qreal chipGap = 4;

} // namespace

LabelChips::LabelChips(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"labelChips"_s);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void LabelChips::setLabels(const Labels &labels)
{
    if (labels == m_labels)
        return;
    m_labels = labels;
    m_focused = 0;
    setAccessibleName(tr("Labels: %1").arg(labelsText(labels)));
    updateGeometry();
    update();
}

QList<LabelChips::Chip> LabelChips::laidOut(int width) const
{
    const QFontMetricsF metrics(theme::monoFont());
    QList<Chip> chips;
    qreal x = 0;
    qreal y = 0;
    for (const auto &[name, value] : m_labels) {
        const qreal wanted = metrics.horizontalAdvance(name + u"= "_s + value) + 12;
        const qreal length = std::min(wanted, static_cast<qreal>(width));
        if (x > 0 && x + length > width) {
            x = 0;
            y += chipHeight + chipGap;
        }
        chips.append({QRectF(x, y, length, chipHeight), name, value});
        x += length + chipGap;
    }
    return chips;
}

int LabelChips::heightForWidth(int width) const
{
    const QList<Chip> chips = laidOut(width);
    return chips.isEmpty() ? 0 : static_cast<int>(std::ceil(chips.last().box.bottom()));
}

QSize LabelChips::sizeHint() const
{
    return {320, heightForWidth(std::max(120, width()))};
}

int LabelChips::chipAt(const QPointF &at) const
{
    const QList<Chip> chips = laidOut(width());
    for (int i = 0; i < chips.size(); ++i) {
        if (chips.at(i).box.contains(at))
            return i;
    }
    return -1;
}

bool LabelChips::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int at = chipAt(help->pos());
        if (at >= 0) {
            const Chip chip = laidOut(width()).at(at);
            QToolTip::showText(help->globalPos(), tr("%1=\"%2\"\nClick to filter by it").arg(chip.name, chip.value),
                               this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

void LabelChips::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const QFont mono = theme::monoFont();
    const QFont strong = theme::monoFont(theme::TextSize::Small, QFont::Normal);
    const QList<Chip> chips = laidOut(width());
    for (int i = 0; i < chips.size(); ++i) {
        const Chip &chip = chips.at(i);
        const bool flat = look.color(Token::Raised) == look.color(Token::Surface);
        theme::paintSurface(painter, chip.box, theme::chipRadius,
                            look.color(i == m_hovered || flat ? Token::Hover : Token::Raised),
                            i == m_hovered ? look.color(Token::Line) : QColor());
        const QRectF inner = chip.box.adjusted(6, 0, -6, 0);
        const qreal name = theme::paintText(painter, inner, chip.name + u'=', mono, look.color(Token::Text2));
        theme::paintText(painter, inner.adjusted(name + QFontMetricsF(mono).horizontalAdvance(u' '), 0, 1, 0),
                         chip.value, strong, look.color(Token::Text1));
        if (hasFocus() && i == m_focused)
            theme::paintFocusRing(painter, chip.box.adjusted(1, 1, -1, -1), theme::chipRadius - 1, look);
    }
}

void LabelChips::mouseMoveEvent(QMouseEvent *event)
{
    const int at = chipAt(event->position());
    setCursor(at >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (at != m_hovered) {
        m_hovered = at;
        update();
    }
}

void LabelChips::mouseReleaseEvent(QMouseEvent *event)
{
    const int at = chipAt(event->position());
    if (event->button() != Qt::LeftButton || at < 0)
        return;
    const Chip chip = laidOut(width()).at(at);
    Q_EMIT labelChosen(chip.name, chip.value);
}

void LabelChips::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    m_hovered = -1;
    update();
}

void LabelChips::keyPressEvent(QKeyEvent *event)
{
    const QList<Chip> chips = laidOut(width());
    const int last = static_cast<int>(chips.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
        m_focused = std::min(last, m_focused + 1);
        update();
        return;
    case Qt::Key_Left:
    case Qt::Key_Up:
        m_focused = std::max(0, m_focused - 1);
        update();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_focused <= last)
            Q_EMIT labelChosen(chips.at(m_focused).name, chips.at(m_focused).value);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace atalaya::alerts

#include "moc_label_chips.cpp"
