// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/flags/flag_delegate.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QPainter>
#include <QtGui/QTextLayout>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::flags {

namespace {

/// At most two lines, the second elided.
void paintTwoLines(QPainter &painter, const QRectF &area, const QString &text, const QFont &font, const QColor &color)
{
    QTextLayout layout(text, font);
    layout.beginLayout();
    QTextLine first = layout.createLine();
    if (!first.isValid()) {
        layout.endLayout();
        return;
    }
    first.setLineWidth(area.width());
    const int split = first.textLength();
    layout.endLayout();
    const qreal line = theme::lineHeight(theme::TextSize::Small);
    const QString rest = text.mid(split).trimmed();
    const qreal top = rest.isEmpty() ? area.center().y() - line / 2 : area.center().y() - line;
    theme::paintText(painter, QRectF(area.left(), top, area.width(), line), text.left(split).trimmed(), font, color);
    if (!rest.isEmpty())
        theme::paintText(painter, QRectF(area.left(), top + line, area.width(), line), rest, font, color);
}

} // namespace

void paintToggle(QPainter &painter, const QRectF &box, const theme::Theme &look, FlagLine::Value value)
{
    using theme::Token;
    const QRectF track(box.left(), box.center().y() - 8, 28, 16);
    const auto outline = [&](Token token) {
        theme::paintSurface(painter, track, 8, {}, look.color(token), 1.4);
        painter.setBrush(look.color(token));
    };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    switch (value) {
    case FlagLine::Value::On:
        theme::paintSurface(painter, track, 8, look.color(Token::AccentFill), {});
        painter.setBrush(look.color(Token::OnAccent));
        painter.drawEllipse(QPointF(track.right() - 8, track.center().y()), 5, 5);
        break;
    case FlagLine::Value::Off:
        outline(Token::LineStrong);
        painter.drawEllipse(QPointF(track.left() + 8, track.center().y()), 4.5, 4.5);
        break;
    case FlagLine::Value::Differs:
        outline(Token::Warning);
        painter.drawRoundedRect(QRectF(track.center().x() - 6, track.center().y() - 2.25, 12, 4.5), 1.2, 1.2);
        break;
    case FlagLine::Value::Unknown:
        theme::paintHatch(painter, track, look.color(Token::LineStrong), 8);
        theme::paintSurface(painter, track, 8, {}, look.color(Token::Stale));
        theme::paintText(painter, track, u"?"_s, theme::font(theme::TextSize::Small, QFont::DemiBold),
                         look.color(Token::Stale), Qt::AlignHCenter);
        break;
    }
    painter.restore();
}

FlagDelegate::FlagDelegate(const FlagTableModel &model, const Clock &clock, QObject *parent)
    : QStyledItemDelegate(parent), m_model(model), m_clock(clock)
{
}

void FlagDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    using theme::TextSize;
    using theme::Token;
    const theme::Theme &look = theme::themeOf(option.widget);
    const FlagLine &row = m_model.row(index.row());
    const QRectF area = option.rect;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    QColor fill = look.color(row.isSystem ? Token::Rail : Token::Bg);
    if (selected)
        fill = look.color(Token::Selected);
    else if (option.state.testFlag(QStyle::State_MouseOver) && !row.isSystem)
        fill = look.color(Token::Hover);
    painter->fillRect(area, fill);
    theme::paintHairline(*painter, QPointF(area.left(), area.bottom() - 1), area.width(), Qt::Horizontal,
                         look.color(Token::Line));

    if (row.isSystem) {
        if (index.column() == FlagTableModel::NameColumn)
            theme::paintText(*painter, area.adjusted(theme::pagePadding, 0, -8, -1), row.title,
                             theme::font(TextSize::Body, QFont::DemiBold), look.color(Token::Text1));
        return;
    }
    const qreal line = 20;
    const QRectF first(area.left(), area.center().y() - line, area.width(), line);
    const QRectF second(area.left(), area.center().y(), area.width(), line);
    switch (index.column()) {
    case FlagTableModel::NameColumn: {
        theme::paintText(*painter, first.adjusted(theme::pagePadding, 0, -8, 0), row.title, theme::monoFont(),
                         look.color(Token::Text1));
        const Flag *flag = row.newest();
        QStringList facts;
        if (flag && flag->defaultValue)
            facts.append(*flag->defaultValue ? tr("default on") : tr("default off"));
        else
            facts.append(tr("default not known"));
        if (flag && flag->phase)
            facts.append(tr("phase %1").arg(*flag->phase));
        theme::paintText(*painter, second.adjusted(theme::pagePadding, 0, -8, 0), facts.join(u", "_s),
                         theme::font(TextSize::Small), look.color(Token::Text2));
        break;
    }
    case FlagTableModel::EffectColumn: {
        const Flag *flag = row.newest();
        const bool atRestart = flag && flag->atRestart;
        theme::paintIcon(*painter, atRestart ? theme::Icon::Power : theme::Icon::Health,
                         QRectF(area.left() + 8, area.center().y() - 8, 16, 16), look.color(Token::Text2));
        theme::paintText(*painter, area.adjusted(30, 0, -4, -1), index.data().toString(), theme::font(TextSize::Small),
                         look.color(Token::Text2));
        break;
    }
    case FlagTableModel::ValueColumn:
        theme::paintHairline(*painter, QPointF(area.left(), area.top() + 10), area.height() - 20, Qt::Vertical,
                             look.color(Token::Line));
        paintValue(*painter, area.adjusted(8, 0, -12, 0), look, row);
        break;
    case FlagTableModel::ReasonColumn: {
        theme::paintHairline(*painter, QPointF(area.left(), area.top() + 10), area.height() - 20, Qt::Vertical,
                             look.color(Token::Line));
        const Flag *flag = row.newest();
        const bool said = flag && !flag->reason.isEmpty();
        paintTwoLines(*painter, area.adjusted(12, 4, -theme::pagePadding, -5),
                      said                       ? flag->reason
                      : flag && !flag->updatedAt ? tr("never changed")
                                                 : tr("no reason given"),
                      theme::font(TextSize::Small), look.color(said ? Token::Text2 : Token::Text3));
        break;
    }
    default:
        break;
    }
    if (option.state.testFlag(QStyle::State_HasFocus) && index.column() == FlagTableModel::NameColumn)
        theme::paintFocusRing(*painter, area.adjusted(2, 2, -2, -3), theme::chipRadius, look);
}

void FlagDelegate::paintValue(QPainter &painter, const QRectF &area, const theme::Theme &look,
                              const FlagLine &row) const
{
    using theme::TextSize;
    using theme::Token;
    const qreal line = 20;
    const QRectF first(area.left(), area.center().y() - line, area.width(), line);
    const QRectF second(area.left(), area.center().y(), area.width(), line);
    paintToggle(painter, QRectF(first.left(), first.top(), 28, line), look, row.value);
    const QFont small = theme::font(TextSize::Small);
    const QString who = changedText(row, m_clock.now(), m_zone);
    const qreal wordWidth =
        std::min(first.width() - 34,
                 QFontMetricsF(theme::font(TextSize::Body, QFont::DemiBold)).horizontalAdvance(valueWord(row.value)));
    const bool differs = row.value == FlagLine::Value::Differs;
    theme::paintText(painter, QRectF(first.left() + 34, first.top(), wordWidth + 1, line), valueWord(row.value),
                     theme::font(TextSize::Body, QFont::DemiBold),
                     look.color(differs                                 ? Token::Warning
                                : row.value == FlagLine::Value::Unknown ? Token::Stale
                                                                        : Token::Text1));
    const QRectF rest(first.left() + 34 + wordWidth + 12, first.top(), first.width() - 46 - wordWidth, line);
    if (rest.width() > 30)
        theme::paintText(painter, rest, who, small, look.color(Token::Text2), Qt::AlignRight);

    const FlagVerdict verdict = verdictOf(row);
    QRectF words = second;
    if (verdict.isRestart) {
        theme::paintIcon(painter, theme::Icon::Power, QRectF(words.left(), words.center().y() - 6, 12, 12),
                         look.color(State::Pending));
        words.setLeft(words.left() + 17);
    } else if (verdict.state != State::Ok) {
        theme::StatePainter(look).paint(painter, verdict.state, QRectF(words.left(), words.center().y() - 6, 12, 12));
        words.setLeft(words.left() + 17);
    }
    theme::paintText(painter, words, verdict.words, small,
                     verdict.state == State::Ok ? look.color(Token::Text2) : look.color(verdict.state));
}

FlagHeader::FlagHeader(const workspace::Environment &environment, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_isProtected(environment.guard == workspace::Guard::Protected)
    , m_band(environment.kind == u"production" ? theme::BandKind::Production
             : environment.kind == u"staging"  ? theme::BandKind::Staging
                                               : theme::BandKind::Drill)
{
    setSectionsClickable(false);
    setHighlightSections(false);
    setFixedHeight(36);
}

void FlagHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    using theme::Token;
    const theme::Theme &look = theme::themeOf(this);
    painter->fillRect(rect, look.color(Token::Bg));
    theme::paintHairline(*painter, QPointF(rect.left(), rect.bottom()), rect.width(), Qt::Horizontal,
                         look.color(Token::Line));
    const QString text = model()->headerData(section, Qt::Horizontal).toString();
    QRectF area = QRectF(rect).adjusted(8, 0, -8, -1);
    if (section == FlagTableModel::NameColumn)
        area.setLeft(rect.left() + theme::pagePadding);
    if (section == FlagTableModel::ReasonColumn)
        area.setLeft(rect.left() + 12);
    if (section != FlagTableModel::ValueColumn) {
        theme::paintText(*painter, area, text, theme::font(theme::TextSize::Small), look.color(Token::Text2));
        return;
    }
    const QColor color = m_band == theme::BandKind::Production ? look.bandText(m_band) : look.color(Token::Text1);
    if (m_isProtected) {
        theme::paintIcon(*painter, theme::Icon::Lock, QRectF(area.left(), area.center().y() - 6, 12, 12), color);
        area.setLeft(area.left() + 17);
    }
    theme::paintText(*painter, area, text, theme::font(theme::TextSize::Small, QFont::DemiBold), color);
}

} // namespace atalaya::flags

#include "moc_flag_delegate.cpp"
