// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/timeline_panel.h"

#include "models/base/time_text.h"
#include "models/overview/timeline_table_model.h"
#include "widgets/common/hairline.h"
#include "widgets/overview/card_text.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QAction>
#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QVBoxLayout>

namespace atalaya::overview {

using namespace Qt::Literals::StringLiterals;

namespace {

class TimelineDelegate final : public QStyledItemDelegate
{
public:
    TimelineDelegate(const Clock &clock, const QTimeZone &zone, QObject *parent)
        : QStyledItemDelegate(parent), m_clock(clock), m_zone(zone)
    {
    }
    void setTimeZone(const QTimeZone &zone) { m_zone = zone; }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const auto *model = static_cast<const TimelineTableModel *>(index.model());
        const bool event = model->row(index.row()).kind == TimelineRow::Kind::Event;
        const int lines =
            theme::lineHeight(theme::TextSize::Body) + (event ? theme::lineHeight(theme::TextSize::Small) : 0);
        return {200, lines + 16};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        using theme::Token;
        const auto *model = static_cast<const TimelineTableModel *>(index.model());
        const TimelineRow &row = model->row(index.row());
        const theme::Theme &look = theme::themeOf(option.widget);
        const QRectF box = option.rect;
        const QFont small = theme::font(theme::TextSize::Small);
        if (row.kind == TimelineRow::Kind::End) {
            theme::paintText(*painter, box.adjusted(16, 0, -16, 0), row.text, small, look.color(Token::Text3));
            return;
        }
        if (row.kind == TimelineRow::Kind::Began) {
            theme::paintStateSurface(*painter, box, 0, look, State::Warning);
            theme::paintText(*painter, box.adjusted(16, 0, -16, 0), row.text,
                             theme::font(theme::TextSize::Small, QFont::DemiBold), look.color(Token::Warning));
        } else {
            if (option.state.testFlag(QStyle::State_Selected))
                painter->fillRect(box, look.color(Token::Selected));
            else if (option.state.testFlag(QStyle::State_MouseOver))
                painter->fillRect(box, look.color(Token::Hover));
            const TimelineEvent &event = row.event;
            const QString when = whenText(event.at, m_clock.now(), m_zone);
            const qreal lineOne = theme::lineHeight(theme::TextSize::Body);
            const QRectF first(box.left(), box.top() + 8, box.width(), lineOne);
            const QRectF second(box.left(), first.bottom(), box.width(), theme::lineHeight(theme::TextSize::Small));
            const bool today = when.size() <= 8;
            const QString day = today ? when : when.section(u' ', 0, -2);
            theme::paintText(*painter, QRectF(box.left() + 16, first.top(), 60, lineOne), day, small,
                             look.color(Token::Text3));
            if (!today)
                theme::paintText(*painter, QRectF(box.left() + 16, second.top(), 60, second.height()),
                                 when.section(u' ', -1), small, look.color(Token::Text3));
            const QRectF glyph(box.left() + 80, first.center().y() - 8, 24, 16);
            const theme::StatePainter states(look);
            if (event.breaker)
                states.paint(*painter, glyphOf(*event.breaker), glyph);
            else if (event.kind == TimelineEvent::Kind::Flag)
                theme::paintIcon(*painter, theme::Icon::Flags, QRectF(glyph.center().x() - 8, glyph.top(), 16, 16),
                                 look.color(Token::Accent));
            else
                states.paint(*painter, event.state, glyph);
            const qreal left = box.left() + 112;
            theme::paintText(*painter, QRectF(left, first.top(), box.right() - 12 - left, lineOne), event.title,
                             theme::font(theme::TextSize::Body, QFont::Medium), look.color(Token::Text1));
            QString text = event.text;
            if (!event.system.isEmpty() && !text.startsWith(event.system))
                text = text.isEmpty() ? event.system : event.system + u", "_s + text;
            theme::paintText(*painter, QRectF(left, second.top(), box.right() - 12 - left, second.height()), text,
                             small, look.color(Token::Text2));
        }
        theme::paintHairline(*painter, QPointF(box.left(), box.bottom() - 1), box.width(), Qt::Horizontal,
                             look.color(Token::Line));
        if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange))
            theme::paintFocusRing(*painter, box.adjusted(1, 1, -1, -2), theme::chipRadius, look);
    }

private:
    const Clock &m_clock;
    QTimeZone m_zone;
};

const std::pair<TimelineEvent::Kind, const char *> kindWords[] = {
    {TimelineEvent::Kind::Alert, QT_TRANSLATE_NOOP("atalaya::overview::TimelinePanel", "Alerts")},
    {TimelineEvent::Kind::Breaker, QT_TRANSLATE_NOOP("atalaya::overview::TimelinePanel", "Breakers")},
    {TimelineEvent::Kind::Health, QT_TRANSLATE_NOOP("atalaya::overview::TimelinePanel", "Health")},
    {TimelineEvent::Kind::Flag, QT_TRANSLATE_NOOP("atalaya::overview::TimelinePanel", "Flags")},
    {TimelineEvent::Kind::Source, QT_TRANSLATE_NOOP("atalaya::overview::TimelinePanel", "Sources")}};

} // namespace

QString pageOf(const TimelineEvent &event)
{
    switch (event.kind) {
    case TimelineEvent::Kind::Alert:
        return u"alerts"_s;
    case TimelineEvent::Kind::Breaker:
        return u"breakers"_s;
    case TimelineEvent::Kind::Flag:
        return u"flags"_s;
    case TimelineEvent::Kind::Health:
    case TimelineEvent::Kind::Source:
        break;
    }
    return u"health"_s;
}

TimelinePanel::TimelinePanel(const OverviewStore &store, const Clock &clock, const QTimeZone &zone, QWidget *parent)
    : QFrame(parent)
    , m_store(store)
    , m_clock(clock)
    , m_zone(zone)
    , m_model(new TimelineTableModel(this))
    , m_view(new QListView(this))
    , m_kinds(new QPushButton(this))
{
    setObjectName(u"timelinePanel"_s);
    setProperty("surface", u"surface"_s);
    setAccessibleName(tr("Timeline"));
    auto *head = new QWidget(this);
    head->setFixedHeight(theme::toolBarHeight);
    auto *title = new QLabel(tr("Timeline"), head);
    title->setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
    auto *live = new QLabel(tr("live"), head);
    live->setObjectName(u"timelineLive"_s);
    live->setProperty("tone", u"3"_s);
    live->setFont(theme::font(theme::TextSize::Small));
    m_kinds->setObjectName(u"timelineKinds"_s);
    m_kinds->setProperty("size", u"small"_s);
    auto *menu = new QMenu(m_kinds);
    for (const auto &[kind, word] : kindWords) {
        QAction *action = menu->addAction(tr(word));
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, this, [this, kind = kind](bool shown) {
            if (shown)
                m_hidden.remove(static_cast<int>(kind));
            else
                m_hidden.insert(static_cast<int>(kind));
            nameKinds();
            refresh();
        });
    }
    m_kinds->setMenu(menu);
    auto *headLayout = new QHBoxLayout(head);
    headLayout->setContentsMargins(16, 0, 16, 0);
    headLayout->setSpacing(8);
    headLayout->addWidget(title);
    headLayout->addWidget(live);
    headLayout->addStretch();
    headLayout->addWidget(m_kinds);
    QFrame *line = common::hairline(this);

    m_view->setObjectName(u"timelineView"_s);
    m_view->setAccessibleName(tr("What changed, newest first"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new TimelineDelegate(m_clock, m_zone, m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setStyleSheet(u"QListView { background: transparent; }"_s);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setMouseTracking(true);
    m_view->setResizeMode(QListView::Adjust);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head);
    layout->addWidget(line);
    layout->addWidget(m_view, 1);
    connect(m_view, &QListView::clicked, this, [this](const QModelIndex &index) { choose(index.row()); });
    connect(m_view, &QListView::activated, this, [this](const QModelIndex &index) { choose(index.row()); });
    nameKinds();
}

void TimelinePanel::refresh()
{
    // A reader who has scrolled back keeps the line they read; one at the top sees what is new.
    const bool atTop = m_view->verticalScrollBar()->value() == 0;
    m_model->show(m_store.timeline(), m_store.verdict().began, m_hidden, m_clock.now(), m_zone);
    if (atTop)
        m_view->scrollToTop();
}

void TimelinePanel::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
    static_cast<TimelineDelegate *>(m_view->itemDelegate())->setTimeZone(zone);
    refresh();
}

void TimelinePanel::choose(int row)
{
    const TimelineRow &chosen = m_model->row(row);
    if (chosen.kind == TimelineRow::Kind::Event)
        Q_EMIT eventChosen(pageOf(chosen.event), chosen.event.system);
}

void TimelinePanel::nameKinds()
{
    const int all = static_cast<int>(std::size(kindWords));
    const int shown = all - static_cast<int>(m_hidden.size());
    m_kinds->setText(shown == all ? tr("All kinds") : tr("%1 of %2 kinds").arg(shown).arg(all));
    m_kinds->setToolTip(tr("Which kinds of change are listed"));
}

} // namespace atalaya::overview

#include "moc_timeline_panel.cpp"
