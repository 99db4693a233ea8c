// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/fact_rows.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetrics>
#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtGui/QResizeEvent>
#include <QtWidgets/QToolTip>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::common {

namespace {

constexpr int factRowPadding = 4;
constexpr int factGap = 12;
constexpr int smallLabelWidth = 80;

/// At words; anywhere only where a single word is longer than the line.
int factWrap(const QFontMetrics &metrics, const QString &text, int width)
{
    const QStringList words = text.split(u' ');
    const bool isTooLong = std::any_of(words.begin(), words.end(),
                                       [&](const QString &word) { return metrics.horizontalAdvance(word) > width; });
    return isTooLong ? Qt::TextWrapAnywhere : Qt::TextWordWrap;
}

} // namespace

FactRows::FactRows(QWidget *parent, theme::TextSize size) : QWidget(parent), m_size(size)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FactRows::setFacts(const QList<Fact> &facts)
{
    if (facts == m_facts)
        return;
    const int before = heightForWidth(width());
    m_facts = facts;
    QStringList lines;
    for (const Fact &fact : std::as_const(m_facts))
        lines.append(fact.label + u": "_s + fact.value);
    setAccessibleDescription(lines.join(u'\n'));
    if (heightForWidth(width()) != before)
        updateGeometry();
    update();
}

QString FactRows::valueOf(const QString &label) const
{
    for (const Fact &fact : m_facts) {
        if (fact.label == label)
            return fact.value;
    }
    return {};
}

QFont FactRows::fontOf(const Fact &fact) const
{
    return fact.mono ? theme::monoFont() : theme::font(m_size);
}

int FactRows::labelWidth(int width) const
{
    if (m_size == theme::TextSize::Small)
        return smallLabelWidth;
    const QFontMetrics metrics(theme::font());
    int widest = 0;
    for (const Fact &fact : m_facts)
        widest = std::max(widest, metrics.horizontalAdvance(fact.label));
    return std::min(widest, width / 2);
}

int FactRows::rowHeight(const Fact &fact, int width) const
{
    const int room = std::max(40, width - labelWidth(width) - factGap);
    const QFontMetrics metrics(fontOf(fact));
    const int wrap = factWrap(metrics, fact.value, room);
    const int text = metrics.boundingRect(QRect(0, 0, room, 10'000), wrap, fact.value).height();
    return std::max(theme::lineHeight(m_size), text) + factRowPadding;
}

int FactRows::heightForWidth(int width) const
{
    int height = 0;
    for (const Fact &fact : m_facts)
        height += rowHeight(fact, width);
    return height;
}

QSize FactRows::sizeHint() const
{
    const int wanted = width() > 160 ? width() : 336;
    return {wanted, heightForWidth(wanted)};
}

QSize FactRows::minimumSizeHint() const
{
    return {160, static_cast<int>(m_facts.size()) * (theme::lineHeight(m_size) + factRowPadding)};
}

void FactRows::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const QColor labels = look.color(m_size == theme::TextSize::Small ? theme::Token::Text3 : theme::Token::Text2);
    const int label = labelWidth(width());
    int y = 0;
    for (const Fact &fact : std::as_const(m_facts)) {
        const int height = rowHeight(fact, width());
        theme::paintText(painter, QRectF(0, y, label + 1, theme::lineHeight(m_size) + factRowPadding), fact.label,
                         theme::font(m_size), labels);
        const QRect room(label + factGap, y + factRowPadding / 2, width() - label - factGap, height - factRowPadding);
        painter.setFont(fontOf(fact));
        painter.setPen(look.color(fact.tone));
        painter.drawText(room,
                         factWrap(painter.fontMetrics(), fact.value, room.width()) | Qt::AlignLeft | Qt::AlignVCenter,
                         fact.value);
        y += height;
    }
}

void FactRows::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

void FactRows::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        updateGeometry();
}

bool FactRows::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    int y = 0;
    for (const Fact &fact : std::as_const(m_facts)) {
        y += rowHeight(fact, width());
        if (help->pos().y() >= y)
            continue;
        if (fact.toolTip.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), fact.toolTip, this);
        break;
    }
    return true;
}

} // namespace atalaya::common

#include "moc_fact_rows.cpp"
