// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/fact_rows.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetrics>
#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::common {

namespace {

constexpr int factRowPadding = 4;
constexpr int factGap = 12;

QFont factFont(const Fact &fact)
{
    return fact.mono ? theme::monoFont() : theme::font();
}

} // namespace

FactRows::FactRows(QWidget *parent) : QWidget(parent)
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

int FactRows::labelWidth(int width) const
{
    const QFontMetrics metrics(theme::font());
    int widest = 0;
    for (const Fact &fact : m_facts)
        widest = std::max(widest, metrics.horizontalAdvance(fact.label));
    return std::min(widest, width / 2);
}

int FactRows::rowHeight(const Fact &fact, int width) const
{
    const int room = std::max(40, width - labelWidth(width) - factGap);
    const QFontMetrics metrics(factFont(fact));
    const int text = metrics.boundingRect(QRect(0, 0, room, 10'000), Qt::TextWordWrap, fact.value).height();
    return std::max(theme::lineHeight(theme::TextSize::Body), text) + factRowPadding;
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
    return {160, static_cast<int>(m_facts.size()) * (theme::lineHeight(theme::TextSize::Body) + factRowPadding)};
}

void FactRows::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const int label = labelWidth(width());
    int y = 0;
    for (const Fact &fact : std::as_const(m_facts)) {
        const int height = rowHeight(fact, width());
        theme::paintText(painter, QRectF(0, y, label + 1, theme::lineHeight(theme::TextSize::Body) + factRowPadding),
                         fact.label, theme::font(), look.color(theme::Token::Text2));
        painter.setFont(factFont(fact));
        painter.setPen(look.color(fact.tone));
        painter.drawText(
            QRect(label + factGap, y + factRowPadding / 2, width() - label - factGap, height - factRowPadding),
            Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignVCenter, fact.value);
        y += height;
    }
}

void FactRows::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
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
