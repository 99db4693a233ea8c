// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/alerts/fact_rows.h"

#include "widgets/theme/fonts.h"

#include <QtGui/QFontMetrics>
#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QToolTip>

#include <algorithm>

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int factLabelWidth = 92;
constexpr int factGap = 4;

/// At words; anywhere only where a single word is longer than the line.
int factWrap(const QFontMetrics &metrics, const QString &text, int width)
{
    const QStringList words = text.split(u' ');
    const bool tooLong = std::any_of(words.begin(), words.end(),
                                     [&](const QString &word) { return metrics.horizontalAdvance(word) > width; });
    return tooLong ? Qt::TextWrapAnywhere : Qt::TextWordWrap;
}

} // namespace

FactRows::FactRows(QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FactRows::setRows(const QList<FactRow> &rows)
{
    if (rows == m_rows)
        return;
    const int before = heightForWidth(width());
    m_rows = rows;
    QStringList spoken;
    for (const FactRow &row : rows)
        spoken += row.label + u": "_s + row.value;
    setAccessibleName(spoken.join(u". "));
    if (heightForWidth(width()) != before)
        updateGeometry();
    update();
}

QString FactRows::valueOf(const QString &label) const
{
    const auto row =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const FactRow &each) { return each.label == label; });
    return row == m_rows.end() ? QString() : row->value;
}

QRect FactRows::valueBox(const FactRow &row, int top, int width) const
{
    const QFontMetrics metrics(theme::font(theme::TextSize::Small));
    const QRect room(factLabelWidth, top, std::max(40, width - factLabelWidth), 4000);
    QRect box = metrics.boundingRect(room, factWrap(metrics, row.value, room.width()), row.value);
    box.setWidth(room.width());
    box.setHeight(std::max(box.height(), theme::lineHeight(theme::TextSize::Small)));
    return box;
}

int FactRows::heightForWidth(int width) const
{
    int top = 0;
    for (const FactRow &row : m_rows)
        top = valueBox(row, top, width).bottom() + 1 + factGap;
    return std::max(0, top - factGap);
}

QSize FactRows::sizeHint() const
{
    return {320, heightForWidth(std::max(200, width()))};
}

bool FactRows::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    int top = 0;
    for (const FactRow &row : m_rows) {
        const QRect box = valueBox(row, top, width());
        if (box.contains(help->pos()) && !row.toolTip.isEmpty()) {
            QToolTip::showText(help->globalPos(), row.toolTip, this);
            return true;
        }
        top = box.bottom() + 1 + factGap;
    }
    QToolTip::hideText();
    return true;
}

void FactRows::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    painter.setFont(theme::font(theme::TextSize::Small));
    int top = 0;
    for (const FactRow &row : m_rows) {
        const QRect box = valueBox(row, top, width());
        painter.setPen(look.color(theme::Token::Text3));
        painter.drawText(QRect(0, box.top(), factLabelWidth - 8, theme::lineHeight(theme::TextSize::Small)),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(row.label, Qt::ElideRight, factLabelWidth - 8));
        painter.setPen(look.color(row.tone));
        painter.drawText(box, factWrap(painter.fontMetrics(), row.value, box.width()), row.value);
        top = box.bottom() + 1 + factGap;
    }
}

void FactRows::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        updateGeometry();
}

} // namespace atalaya::alerts
