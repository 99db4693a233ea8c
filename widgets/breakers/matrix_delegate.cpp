// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakers/matrix_delegate.h"

#include "models/base/time_text.h"
#include "widgets/breakers/breaker_cell.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QToolTip>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::breakers {

namespace {
constexpr int headHeight = 34;
constexpr int emptyHeight = 40;
} // namespace

MatrixDelegate::MatrixDelegate(const BreakerTableModel &model, const BreakerStore &store, const Clock &clock,
                               QObject *parent)
    : QStyledItemDelegate(parent), m_model(model), m_store(store), m_clock(clock)
{
}

int MatrixDelegate::heightOf(const MatrixRow &row)
{
    switch (row.kind) {
    case MatrixRow::Kind::System:
        return headHeight;
    case MatrixRow::Kind::Empty:
        return emptyHeight;
    case MatrixRow::Kind::Breaker:
        break;
    }
    return theme::matrixCellHeight + lineGap;
}

QSize MatrixDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), heightOf(m_model.row(index.row()))};
}

void MatrixDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    using theme::Token;
    const theme::Theme &look = theme::themeOf(option.widget);
    const MatrixRow &row = m_model.row(index.row());
    QRectF area = option.rect;
    // The view has painted its own selection below; only the cell itself shows it here.
    painter->fillRect(area, look.color(Token::Bg));
    if (row.kind == MatrixRow::Kind::Breaker)
        area.setHeight(theme::matrixCellHeight + lineGap);
    const bool isFirst = index.row() == 0;
    const bool isLast = index.row() == m_model.rowCount() - 1;

    if (row.kind != MatrixRow::Kind::Breaker && !isFirst)
        theme::paintHairline(*painter, area.topLeft() + QPointF(index.column() == 0 ? theme::pagePadding : 0, 0),
                             area.width() - (index.column() == 0 ? theme::pagePadding : 0), Qt::Horizontal,
                             look.color(Token::Line));
    if (row.kind == MatrixRow::Kind::Empty && isLast)
        theme::paintHairline(*painter,
                             QPointF(area.left() + (index.column() == 0 ? theme::pagePadding : 0), area.bottom() - 1),
                             area.width(), Qt::Horizontal, look.color(Token::Line));

    if (index.column() == 0) {
        const bool isHead = row.kind != MatrixRow::Kind::Breaker;
        const QFont font = theme::font(theme::TextSize::Body, isHead ? QFont::DemiBold : QFont::Normal);
        const Token tone = row.isSilent ? Token::Text2 : Token::Text1;
        theme::paintText(*painter, area.adjusted(theme::pagePadding, 0, -8, isHead ? 0 : -lineGap), row.title, font,
                         look.color(tone));
        return;
    }
    if (row.kind == MatrixRow::Kind::Empty) {
        if (index.column() == 1)
            theme::paintText(*painter, area, row.words, theme::font(), look.color(Token::Text2));
        return;
    }
    if (row.kind == MatrixRow::Kind::System) {
        const QString name = row.instances.value(index.column() - 1);
        theme::paintText(*painter, area.adjusted(10, 0, -gap, 0), name, theme::font(theme::TextSize::Small),
                         look.color(Token::Text2));
        // The age stands over the last instance of the system, where the eye leaves the row.
        if (row.isSilent && row.lastHeard && index.column() == row.instances.size()) {
            const QString stale = tr("stale %1").arg(shortAge(m_clock.now() - *row.lastHeard));
            theme::paintText(*painter, area.adjusted(0, 0, -gap, 0), stale, theme::font(theme::TextSize::Small),
                             look.color(Token::Warning), Qt::AlignRight);
        }
        return;
    }
    if (const Breaker *breaker = m_model.breakerAt(index)) {
        const QRectF cell = area.adjusted(0, 0, -gap, -lineGap);
        const bool focused = option.state.testFlag(QStyle::State_HasFocus);
        paintBreakerCell(*painter, cell.adjusted(1, 0, -1, 0), look, breakerCell(*breaker, m_clock.now(), m_zone),
                         m_store.failureRateHistory(breaker->id), option.state.testFlag(QStyle::State_Selected),
                         focused, option.state.testFlag(QStyle::State_MouseOver));
    }
}

bool MatrixDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                               const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const Breaker *breaker = m_model.breakerAt(index);
    const QString text = breaker ? cellSentence(*breaker, m_clock.now(), m_zone) : m_model.data(index).toString();
    QToolTip::showText(event->globalPos(), text, view);
    return true;
}

} // namespace atalaya::breakers

#include "moc_matrix_delegate.cpp"
