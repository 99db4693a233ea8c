// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/alerts/alert_delegate.h"

#include "models/alerts/alert_table_model.h"
#include "models/base/time_text.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QToolTip>

namespace atalaya::alerts {

using namespace Qt::Literals::StringLiterals;
using theme::Token;

QSize AlertDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {60, qRound(theme::denseRowHeight * theme::textScale())};
}

void AlertDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *model = static_cast<const AlertTableModel *>(index.model());
    const AlertRow &row = model->row(index.row());
    const theme::Theme &look = theme::themeOf(option.widget);
    const Alert &alert = *row.alert;
    // Silenced and inhibited need nobody: they step back, and their note says why.
    const bool quiet = alert.state == AlertState::Silenced || alert.state == AlertState::Inhibited;
    const QRectF cell = option.rect;
    const QRectF inner = cell.adjusted(8, 0, -8, -1);
    const QString text = index.data(Qt::DisplayRole).toString();
    const QFont small = theme::font(theme::TextSize::Small);
    switch (static_cast<AlertColumn>(index.column())) {
    case AlertColumn::Alert: {
        const QRectF glyph(cell.left() + 16, cell.center().y() - 8, 16, 16);
        theme::StatePainter(look).paint(*painter, row.state, glyph,
                                        quiet ? look.color(Token::Text3) : look.color(row.state));
        theme::paintText(
            *painter, QRectF(glyph.right() + 12, inner.top(), inner.right() - glyph.right() - 12, inner.height()), text,
            theme::font(theme::TextSize::Body, QFont::Medium), look.color(quiet ? Token::Text2 : Token::Text1));
        break;
    }
    case AlertColumn::Summary:
        theme::paintText(*painter, inner, text, theme::font(), look.color(Token::Text2));
        break;
    case AlertColumn::Component:
        theme::paintText(*painter, inner, text, theme::font(), look.color(Token::Text1));
        break;
    case AlertColumn::Note: {
        if (text.isEmpty())
            break;
        qreal left = inner.left();
        QColor color = look.color(Token::Text3);
        if (alert.state == AlertState::Pending) {
            color = look.color(State::Pending);
        } else if (alert.state == AlertState::Firing) {
            color = look.color(State::Warning);
        } else {
            const theme::Icon icon = alert.state == AlertState::Silenced ? theme::Icon::BellOff : theme::Icon::Stop;
            theme::paintIcon(*painter, icon, QRectF(left, cell.center().y() - 6.5, 12, 12), color);
            left += 18;
        }
        theme::paintText(*painter, QRectF(left, inner.top(), inner.right() - left, inner.height()), text, small, color);
        break;
    }
    case AlertColumn::Age:
        theme::paintText(*painter, inner.adjusted(0, 0, -8, 0), text, theme::font(),
                         look.color(quiet ? Token::Text3 : Token::Text1), Qt::AlignRight);
        break;
    case AlertColumn::Count:
        break;
    }
}

bool AlertDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                              const QModelIndex &index)
{
    if (!index.isValid() || event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const auto *model = static_cast<const AlertTableModel *>(index.model());
    const AlertRow &row = model->row(index.row());
    QString tip = index.data(Qt::DisplayRole).toString();
    if (row.isGroup) {
        tip = row.isCollapsed ? tr("%1: %2. Open with a click or Right").arg(row.group, row.counts)
                              : tr("%1: %2. Close with a click or Left").arg(row.group, row.counts);
    } else if (static_cast<AlertColumn>(index.column()) == AlertColumn::Age) {
        tip = tr("%1 since %2").arg(stateWord(row.alert->state), rfc3339(row.alert->startsAt));
    } else if (static_cast<AlertColumn>(index.column()) == AlertColumn::Alert) {
        tip = u"%1\n%2, %3"_s.arg(row.alert->name,
                                  row.alert->severity.isEmpty() ? tr("no severity") : row.alert->severity,
                                  stateWord(row.alert->state));
    }
    QToolTip::showText(event->globalPos(), tip, view);
    return true;
}

} // namespace atalaya::alerts

#include "moc_alert_delegate.cpp"
