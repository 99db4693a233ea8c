// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/health/health_delegate.h"

#include "models/base/time_text.h"
#include "widgets/health/health_bar_paint.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QToolTip>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::health {

HealthDelegate::HealthDelegate(const HealthTableModel &model, QObject *parent)
    : QStyledItemDelegate(parent), m_model(model)
{
}

void HealthDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    using theme::Token;
    const theme::Theme &look = theme::themeOf(option.widget);
    const HealthLine &row = m_model.row(index.row());
    const QRectF area = option.rect;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);

    QColor fill = look.color(row.isSystem ? Token::Rail : Token::Bg);
    if (selected)
        fill = look.color(Token::Selected);
    else if (hovered)
        fill = look.color(Token::Hover);
    painter->fillRect(area, fill);
    if (row.isSilent && !selected)
        theme::paintHatch(*painter, area, look.color(Token::Line));
    theme::paintHairline(*painter, QPointF(area.left(), area.bottom() - 1), area.width(), Qt::Horizontal,
                         look.color(Token::Line));

    if (row.isSystem) {
        paintSystem(*painter, option, index, row);
        return;
    }
    const QFont body = theme::font();
    const QRectF inner = area.adjusted(padding, 0, 0, -1);
    switch (index.column()) {
    case HealthTableModel::ComponentColumn:
        theme::paintText(*painter, area.adjusted(theme::pagePadding + 16, 0, -8, -1), row.title, body,
                         look.color(row.isSilent ? Token::Text2 : Token::Text1));
        break;
    case HealthTableModel::NowColumn: {
        theme::StatePainter(look).paint(*painter, row.state, QRectF(inner.left(), inner.center().y() - 8, 16, 16));
        const bool loud = row.state == State::Critical || row.state == State::Warning;
        theme::paintText(*painter, inner.adjusted(24, 0, -4, 0), row.word,
                         theme::font(theme::TextSize::Body, loud ? QFont::DemiBold : QFont::Normal),
                         loud ? look.color(row.state) : look.color(Token::Text2));
        break;
    }
    case HealthTableModel::AnswerColumn:
        theme::paintText(*painter, area.adjusted(0, 0, -padding, -1),
                         row.answer.isEmpty() ? tr("not given") : row.answer, body,
                         look.color(row.answer.isEmpty() ? Token::Text3
                                    : row.isSilent       ? Token::Text2
                                                         : Token::Text1),
                         Qt::AlignRight);
        break;
    case HealthTableModel::BarColumn:
        paintBar(*painter, area.adjusted(0, 4, -padding, -6), look, row);
        break;
    case HealthTableModel::SparkColumn:
        paintLatency(*painter, area.adjusted(0, 4, -theme::pagePadding, -6), look, row, m_range);
        break;
    default:
        break;
    }
    if (option.state.testFlag(QStyle::State_HasFocus) && index.column() == 0)
        theme::paintFocusRing(*painter, area.adjusted(2, 2, -2, -3), theme::chipRadius, look);
}

void HealthDelegate::paintSystem(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                                 const HealthLine &row) const
{
    using theme::Token;
    const theme::Theme &look = theme::themeOf(option.widget);
    const QRectF area = QRectF(option.rect).adjusted(0, 0, 0, -1);
    const QFont strong = theme::font(theme::TextSize::Body, QFont::DemiBold);
    if (index.column() == HealthTableModel::ComponentColumn) {
        theme::paintText(painter, area.adjusted(theme::pagePadding, 0, -8, 0), row.title, strong,
                         look.color(row.isSilent ? Token::Text2 : Token::Text1));
        return;
    }
    if (index.column() != HealthTableModel::NowColumn)
        return;
    // One span from here to the right edge: word first, note from the right with what room is left.
    theme::StatePainter(look).paint(painter, row.state, QRectF(area.left(), area.center().y() - 8, 16, 16));
    const qreal left = area.left() + 24;
    const qreal taken = theme::paintText(painter, QRectF(left, area.top(), area.width() - 30, area.height()), row.word,
                                         strong, look.color(row.state));
    const QRectF rest(left + taken + 24, area.top(), area.right() - theme::pagePadding - left - taken - 24,
                      area.height());
    if (rest.width() > 40)
        theme::paintText(painter, rest, row.note, theme::font(theme::TextSize::Small), look.color(Token::Text2),
                         Qt::AlignRight);
    if (option.state.testFlag(QStyle::State_HasFocus))
        theme::paintFocusRing(painter, area.adjusted(1, 2, -2, -2), theme::chipRadius, look);
}

bool HealthDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                               const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || index.column() != HealthTableModel::BarColumn || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QRect area = option.rect.adjusted(0, 0, -padding, 0);
    const double share =
        std::clamp(static_cast<double>(event->pos().x() - area.left()) / std::max(1, area.width()), 0.0, 1.0);
    const Timestamp at =
        m_range.from + Milliseconds(static_cast<qint64>(share * static_cast<double>(m_range.length().count())));
    QString text = tr("%1: not watched yet").arg(clockText(at, m_zone));
    for (const HealthStretch &stretch : m_model.row(index.row()).bar) {
        if (stretch.from <= at && at <= stretch.to)
            text = tr("%1 from %2 to %3")
                       .arg(stretch.status == HealthStatus::Unknown ? tr("not known") : statusWord(stretch.status),
                            clockText(stretch.from, m_zone), clockText(stretch.to, m_zone));
    }
    QToolTip::showText(event->globalPos(), text, view);
    return true;
}

HealthHeader::HealthHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(false);
    setHighlightSections(false);
    setFixedHeight(theme::denseRowHeight - 2);
}

void HealthHeader::setRange(const TimeRange &range, const QTimeZone &zone)
{
    m_range = range;
    m_zone = zone;
    viewport()->update();
}

void HealthHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    using theme::Token;
    const theme::Theme &look = theme::themeOf(this);
    const QFont small = theme::font(theme::TextSize::Small);
    painter->fillRect(rect, look.color(Token::Bg));
    theme::paintHairline(*painter, QPointF(rect.left(), rect.bottom()), rect.width(), Qt::Horizontal,
                         look.color(Token::Line));
    const QRectF area = QRectF(rect).adjusted(0, 0, 0, -1);
    if (section == HealthTableModel::BarColumn) {
        const QRectF axis = area.adjusted(0, 0, -HealthDelegate::padding, 0);
        const int marks = axis.width() > 300 ? 4 : 2;
        for (int i = 0; i <= marks; ++i) {
            const Timestamp at = m_range.from + m_range.length() * i / marks;
            const QString text = clockText(at, m_zone).left(5);
            const qreal width = QFontMetricsF(small).horizontalAdvance(text);
            const qreal x = i == 0       ? axis.left()
                            : i == marks ? axis.right() - width
                                         : axis.left() + axis.width() * i / marks - width / 2;
            theme::paintText(*painter, QRectF(x, axis.top(), width + 1, axis.height()), text, small,
                             look.color(Token::Text3));
        }
        return;
    }
    const QString text = model()->headerData(section, Qt::Horizontal).toString();
    const bool right = section == HealthTableModel::AnswerColumn;
    const qreal left = section == HealthTableModel::ComponentColumn ? theme::pagePadding + 16
                       : section == HealthTableModel::NowColumn     ? HealthDelegate::padding
                                                                    : 0;
    theme::paintText(*painter, area.adjusted(left, 0, right ? -HealthDelegate::padding : 0, 0), text, small,
                     look.color(Token::Text3), right ? Qt::AlignRight : Qt::AlignLeft);
}

void HealthDelegate::paintBar(QPainter &painter, const QRectF &area, const theme::Theme &look,
                              const HealthLine &row) const
{
    paintHealthBar(painter, area, look, row.bar, m_range, row.isSilent);
}

} // namespace atalaya::health

#include "moc_health_delegate.cpp"
