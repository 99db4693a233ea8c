// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/overview_page.h"

#include "models/base/quantity.h"
#include "models/base/time_text.h"
#include "widgets/overview/card_text.h"
#include "widgets/overview/system_card.h"
#include "widgets/overview/timeline_panel.h"
#include "widgets/overview/verdict_header.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QTimer>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QVBoxLayout>

#include <cmath>

namespace atalaya::overview {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using theme::Token;

namespace {

constexpr int goldenColumns = 120;

/// The words over the cards' columns.
class CardHeadings final : public QWidget
{
public:
    explicit CardHeadings(QWidget *parent) : QWidget(parent) { setFixedHeight(26); }
    void setGoldenHeading(const QString &text)
    {
        m_golden = text;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const CardColumns columns = CardColumns::of(width(), false);
        const QColor color = theme::themeOf(this).color(Token::Text3);
        const QFont small = theme::font(theme::TextSize::Small);
        const auto word = [&](qreal left, qreal right, const QString &text) {
            theme::paintText(painter, QRectF(left, 0, right - left, height()), text, small, color);
        };
        word(columns.name, columns.alerts, OverviewPage::tr("System, worst state"));
        word(columns.alerts, columns.breakers, OverviewPage::tr("Alerts"));
        word(columns.breakers, columns.health, OverviewPage::tr("Breakers"));
        word(columns.health, columns.golden, OverviewPage::tr("Health by instance"));
        word(columns.golden, columns.right, m_golden);
    }

private:
    QString m_golden;
};

/// The line at the lower edge of a narrow window: what changed just before the trouble began.
class BeforeStrip final : public QWidget
{
public:
    explicit BeforeStrip(QWidget *parent) : QWidget(parent)
    {
        setObjectName(u"beforeStrip"_s);
        setFixedHeight(36);
    }
    void show(const QString &heading, const std::optional<TimelineEvent> &event, const QString &when)
    {
        m_heading = heading;
        m_event = event;
        m_when = when;
        const QString words = event ? u"%1: %2 %3, %4"_s.arg(heading, when, event->title, event->text) : heading;
        setAccessibleName(words);
        setToolTip(words);
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const theme::Theme &look = theme::themeOf(this);
        painter.fillRect(rect(), look.color(Token::Surface));
        theme::paintHairline(painter, QPointF(0, 0), width(), Qt::Horizontal, look.color(Token::Line));
        const QRectF row = rect();
        theme::paintIcon(painter, theme::Icon::Timeline, QRectF(12, row.center().y() - 8, 16, 16),
                         look.color(Token::Text2));
        qreal x = 36;
        const qreal right = row.right() - 190;
        const auto text = [&](const QString &words, const QFont &font, Token token) {
            if (x < right)
                x += theme::paintText(painter, QRectF(x, 0, right - x, row.height()), words, font, look.color(token)) +
                     8;
        };
        text(m_heading, theme::font(theme::TextSize::Body, QFont::Medium), Token::Text1);
        if (!m_event)
            return;
        const QRectF glyph(x, row.center().y() - 7, m_event->breaker ? 20 : 14, 14);
        if (m_event->breaker)
            theme::StatePainter(look).paint(painter, glyphOf(*m_event->breaker), glyph);
        else if (m_event->kind == TimelineEvent::Kind::Flag)
            theme::paintIcon(painter, theme::Icon::Flags, glyph, look.color(Token::Accent));
        else
            theme::StatePainter(look).paint(painter, m_event->state, glyph);
        x = glyph.right() + 8;
        text(m_when, theme::font(), Token::Text3);
        x -= 4;
        const QString words = m_event->text.isEmpty() ? m_event->title : m_event->title + u", "_s + m_event->text;
        text(words, theme::font(), Token::Text1);
    }

private:
    QString m_heading, m_when;
    std::optional<TimelineEvent> m_event;
};

/// "1 h", "15 min".
QString spelled(Milliseconds length)
{
    if (length % 3'600'000 == 0ms)
        return OverviewPage::tr("%1 h").arg(length.count() / 3'600'000);
    return OverviewPage::tr("%1 min").arg(length.count() / 60'000);
}

GoldenView goldenViewOf(const workspace::GoldenSignal &signal, const Snapshot<metrics::QueryResult> &snapshot,
                        const TimeRange &range, Milliseconds step, Timestamp now)
{
    GoldenView view;
    view.title = signal.title;
    view.range = range;
    const Freshness freshness = snapshot.freshness(now);
    if (!snapshot.data) {
        view.value = freshness == Freshness::Waiting ? OverviewPage::tr("asking…") : OverviewPage::tr("not known");
        view.fullValue = snapshot.error ? sentenceFor(*snapshot.error) : view.value;
        return view;
    }
    if (snapshot.data->series.empty() || snapshot.data->series.front().times.empty()) {
        view.value = OverviewPage::tr("no data");
        view.fullValue = OverviewPage::tr("The server answers, and has no sample of it in this range");
        return view;
    }
    const metrics::Series &series = snapshot.data->series.front();
    // Old data may begin before the range that is shown now.
    for (std::size_t i = 0; i < series.times.size(); ++i) {
        if (range.contains(Timestamp(Milliseconds(series.times[i])))) {
            view.times.push_back(series.times[i]);
            view.values.push_back(series.values[i]);
        }
    }
    const Timestamp last{Milliseconds(series.times.back())};
    // A curve that ends before the range does is an old value, also when the server itself answers well.
    const bool ends = snapshot.fetchedAt - last > std::max(3 * step, Milliseconds(60s)) &&
                      range.to - last > std::max(3 * step, Milliseconds(60s));
    view.live = freshness == Freshness::Live && !ends;
    view.hasValue = !std::isnan(series.values.back());
    view.value = quantity(series.values.back(), signal.unit).joined();
    view.fullValue = fullQuantity(series.values.back(), signal.unit);
    if (!view.live)
        view.fullValue += u'\n' + OverviewPage::tr("last value %1 ago").arg(ageText(now - last));
    if (snapshot.data->series.size() > 1)
        view.fullValue += u'\n' + OverviewPage::tr("the first of %1 series").arg(snapshot.data->series.size());
    if (snapshot.error)
        view.fullValue += u'\n' + sentenceFor(*snapshot.error);
    return view;
}

} // namespace

class OverviewPage::Private
{
public:
    Private(OverviewPage *page, const workspace::Environment &environment, const OverviewStore &store,
            metrics::MetricStore &metrics, const Clock &clock, const QTimeZone &zone)
        : q(page), environment(environment), store(store), metrics(metrics), clock(clock), zone(zone)
    {
    }

    void build();
    void subscribe();
    void setVisible(bool visible);
    /// Many signals in one turn of the event loop make one refresh; a hidden page makes none.
    void later();
    void refresh();
    void order(const QList<SystemSummary> &sorted);
    bool isHeld() const;
    void setNarrow(bool narrow);
    void toggleTimeline();
    void tick();

    OverviewPage *q;
    const workspace::Environment &environment;
    const OverviewStore &store;
    metrics::MetricStore &metrics;
    const Clock &clock;
    QTimeZone zone;

    VerdictHeader *header = nullptr;
    CardHeadings *headings = nullptr;
    QScrollArea *scroll = nullptr;
    QWidget *list = nullptr;
    QVBoxLayout *listLayout = nullptr;
    QLabel *empty = nullptr;
    TimelinePanel *timeline = nullptr;
    QSplitter *splitter = nullptr;
    BeforeStrip *strip = nullptr;
    QPushButton *timelineButton = nullptr;
    QTimer *clockTimer = nullptr;
    QHash<QString, SystemCard *> cards;
    QHash<QString, QList<metrics::QueryId>> queries;
    QSet<metrics::QueryId> ids;
    QStringList shownOrder;
    bool narrow = false;
    bool timelineOpen = false;
    bool waiting = false;
    bool dirty = true;
};

void OverviewPage::Private::build()
{
    q->setObjectName(u"overviewPage"_s);
    auto *left = new QWidget(q);
    header = new VerdictHeader(left);
    headings = new CardHeadings(left);
    list = new QWidget(left);
    list->setProperty("surface", u"none"_s);
    listLayout = new QVBoxLayout(list);
    listLayout->setContentsMargins(0, 0, theme::pagePadding, theme::pagePadding);
    listLayout->setSpacing(theme::cardGap);
    empty = new QLabel(tr("This environment has no systems. Add some to its workspace file."), list);
    empty->setProperty("tone", u"2"_s);
    empty->setVisible(environment.systems.isEmpty());
    listLayout->addWidget(empty);
    for (const workspace::System &system : environment.systems) {
        auto *card = new SystemCard(system.key, list);
        cards.insert(system.key, card);
        shownOrder += system.key;
        listLayout->addWidget(card);
        QObject::connect(card, &SystemCard::opened, q,
                         [this](const QString &key, const QString &page) { Q_EMIT q->systemOpened(key, page); });
    }
    listLayout->addStretch(1);
    scroll = new QScrollArea(left);
    scroll->setObjectName(u"systemCards"_s);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(list);
    // The cards stay under their headings whether there is a scroll bar or not.
    QObject::connect(scroll->verticalScrollBar(), &QScrollBar::rangeChanged, q, [this](int, int maximum) {
        QMargins margins = listLayout->contentsMargins();
        margins.setRight((narrow ? 12 : theme::pagePadding) -
                         (maximum > 0 ? scroll->verticalScrollBar()->sizeHint().width() : 0));
        listLayout->setContentsMargins(margins);
    });
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(theme::pagePadding, 20, 0, 0);
    leftLayout->setSpacing(0);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(0, 0, theme::pagePadding, 0);
    top->addWidget(header);
    leftLayout->addLayout(top);
    leftLayout->addSpacing(14);
    auto *words = new QHBoxLayout;
    words->setContentsMargins(0, 0, theme::pagePadding, 0);
    words->addWidget(headings);
    leftLayout->addLayout(words);
    leftLayout->addWidget(scroll, 1);

    timeline = new TimelinePanel(store, clock, zone, q);
    timeline->setMinimumWidth(260);
    splitter = new QSplitter(Qt::Horizontal, q);
    splitter->setObjectName(u"overviewSplitter"_s);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(timeline);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({904, 352});

    strip = new BeforeStrip(q);
    timelineButton = new QPushButton(strip);
    timelineButton->setObjectName(u"timelineButton"_s);
    timelineButton->setProperty("size", u"small"_s);
    timelineButton->setIcon(theme::icon(theme::Icon::ChevronRight));
    timelineButton->setIconSize(QSize(16, 12));
    timelineButton->setToolTip(tr("Show or hide the timeline (Ctrl+L)"));
    timelineButton->setShortcut(QKeySequence(u"Ctrl+L"_s));
    auto *stripLayout = new QHBoxLayout(strip);
    stripLayout->setContentsMargins(0, 1, 12, 0);
    stripLayout->addStretch(1);
    stripLayout->addWidget(timelineButton);
    strip->hide();

    auto *layout = new QVBoxLayout(q);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(splitter, 1);
    layout->addWidget(strip);

    clockTimer = new QTimer(q);
    clockTimer->setInterval(1s);
    QObject::connect(clockTimer, &QTimer::timeout, q, [this] { tick(); });
    QObject::connect(&store, &OverviewStore::changed, q, [this] { later(); });
    QObject::connect(&metrics, &metrics::MetricStore::changed, q, [this](metrics::QueryId id) {
        if (ids.contains(id))
            later();
    });
    QObject::connect(&metrics, &metrics::MetricStore::rangeChanged, q, [this] { later(); });
    QObject::connect(timeline, &TimelinePanel::eventChosen, q,
                     [this](const QString &page, const QString &system) { Q_EMIT q->systemOpened(system, page); });
    QObject::connect(header, &VerdictHeader::alertsRequested, q, [this] { Q_EMIT q->systemOpened({}, u"alerts"_s); });
    QObject::connect(timelineButton, &QPushButton::clicked, q, [this] { toggleTimeline(); });
}

void OverviewPage::Private::subscribe()
{
    QString only;
    for (const workspace::Source &source : environment.sources) {
        if (source.kind == workspace::SourceKind::Prometheus && only.isEmpty())
            only = source.name;
    }
    for (const workspace::System &system : environment.systems) {
        QList<metrics::QueryId> subscribed;
        for (const workspace::GoldenSignal &signal :
             system.golden.first(std::min<qsizetype>(2, system.golden.size()))) {
            metrics::Query query;
            query.source = system.prometheus.isEmpty() ? only : system.prometheus;
            query.expr = signal.expr;
            query.columns = goldenColumns;
            const metrics::QueryId id = metrics.subscribe(query);
            metrics.setVisible(id, q->isVisible());
            subscribed.append(id);
            ids.insert(id);
        }
        queries.insert(system.key, subscribed);
    }
}

void OverviewPage::Private::setVisible(bool visible)
{
    for (const metrics::QueryId id : std::as_const(ids))
        metrics.setVisible(id, visible);
    if (visible)
        clockTimer->start();
    else
        clockTimer->stop();
}

void OverviewPage::Private::later()
{
    dirty = true;
    if (waiting || !q->isVisible())
        return;
    waiting = true;
    QTimer::singleShot(0, q, [this] {
        waiting = false;
        if (dirty && q->isVisible())
            refresh();
    });
}

void OverviewPage::Private::refresh()
{
    dirty = false;
    const Timestamp now = clock.now();
    const Verdict verdict = store.verdict();
    header->show(verdict);
    const TimeRange range = metrics.range();
    const QList<SystemSummary> sorted = worstFirst(store.systems());
    for (const SystemSummary &system : sorted) {
        SystemCard *card = cards.value(system.key);
        if (!card)
            continue;
        QList<GoldenView> golden;
        const QList<metrics::QueryId> asked = queries.value(system.key);
        for (const workspace::System &configured : environment.systems) {
            for (int i = 0; configured.key == system.key && i < asked.size(); ++i)
                golden.append(goldenViewOf(configured.golden.at(i), metrics.snapshot(asked.at(i)), range,
                                           metrics.step(asked.at(i)), now));
        }
        card->show(system, golden, verdict.began, now, zone);
    }
    order(sorted);
    headings->setGoldenHeading(metrics.isTrailing()
                                   ? tr("Golden signals, last %1").arg(spelled(metrics.trailingLength()))
                                   : tr("Golden signals, chosen range"));
    timeline->refresh();

    const QList<TimelineEvent> events = store.timeline();
    std::optional<TimelineEvent> before;
    for (const TimelineEvent &event : events) {
        if (!verdict.began || event.at < *verdict.began) {
            before = event;
            break;
        }
    }
    QString heading = verdict.began ? tr("Before it began") : tr("Last change");
    if (!before)
        heading = verdict.began ? tr("Nothing is known to have changed before it began") : tr("Nothing has changed");
    strip->show(heading, before, before ? whenText(before->at, now, zone) : QString());
    timelineButton->setText(timelineOpen         ? tr("Hide the timeline")
                            : events.size() == 1 ? tr("Timeline, 1 event")
                                                 : tr("Timeline, %1 events").arg(events.size()));
    Q_EMIT q->subtitleChanged();
}

bool OverviewPage::Private::isHeld() const
{
    if (list->underMouse())
        return true;
    const QWidget *focus = q->window()->focusWidget();
    return focus && q->window()->isActiveWindow() && list->isAncestorOf(focus);
}

void OverviewPage::Private::order(const QList<SystemSummary> &sorted)
{
    QStringList wanted;
    for (const SystemSummary &system : sorted)
        wanted += system.key;
    // A card must not move away from under a pointer or the focus; the next refresh without them sorts.
    if (wanted == shownOrder || isHeld())
        return;
    shownOrder = wanted;
    for (int i = 0; i < wanted.size(); ++i) {
        if (SystemCard *card = cards.value(wanted.at(i))) {
            listLayout->removeWidget(card);
            listLayout->insertWidget(i + 1, card);
        }
    }
    QWidget *last = nullptr;
    for (const QString &key : std::as_const(wanted)) {
        if (last)
            QWidget::setTabOrder(last, cards.value(key));
        last = cards.value(key);
    }
}

void OverviewPage::Private::setNarrow(bool isNarrow)
{
    narrow = isNarrow;
    header->setNarrow(narrow);
    headings->setVisible(!narrow);
    strip->setVisible(narrow);
    splitter->setOrientation(narrow ? Qt::Vertical : Qt::Horizontal);
    timeline->setVisible(!narrow || timelineOpen);
    q->layout()->setSpacing(0);
    QWidget *left = splitter->widget(0);
    left->layout()->setContentsMargins(narrow ? 12 : theme::pagePadding, narrow ? 8 : 20, 0, 0);
    listLayout->setContentsMargins(0, 0, narrow ? 12 : theme::pagePadding, narrow ? 6 : theme::pagePadding);
    listLayout->setSpacing(narrow ? 6 : theme::cardGap);
    for (SystemCard *card : std::as_const(cards))
        card->setNarrow(narrow);
}

void OverviewPage::Private::toggleTimeline()
{
    timelineOpen = !timelineOpen;
    timeline->setVisible(timelineOpen);
    if (timelineOpen)
        splitter->setSizes({splitter->height() * 3 / 5, splitter->height() * 2 / 5});
    timelineButton->setIcon(theme::icon(timelineOpen ? theme::Icon::ChevronDown : theme::Icon::ChevronRight));
    refresh();
}

void OverviewPage::Private::tick()
{
    for (SystemCard *card : std::as_const(cards))
        card->setNow(clock.now());
}

OverviewPage::OverviewPage(const workspace::Environment &environment, const OverviewStore &store,
                           metrics::MetricStore &metrics, const Clock &clock, const QTimeZone &zone, QWidget *parent)
    : QWidget(parent), d(std::make_unique<Private>(this, environment, store, metrics, clock, zone))
{
    d->build();
    d->subscribe();
}

OverviewPage::~OverviewPage()
{
    for (const metrics::QueryId id : std::as_const(d->ids))
        d->metrics.unsubscribe(id);
}

QString OverviewPage::subtitle() const
{
    return {};
}

void OverviewPage::filterSystem(const QString &key)
{
    for (SystemCard *card : std::as_const(d->cards))
        card->setChosen(card->key() == key);
}

void OverviewPage::setTimeZone(const QTimeZone &zone)
{
    d->zone = zone;
    d->timeline->setTimeZone(zone);
    d->later();
}

bool OverviewPage::isSettled() const
{
    if (d->dirty)
        return false;
    for (const metrics::QueryId id : std::as_const(d->ids)) {
        const auto snapshot = d->metrics.snapshot(id);
        if (!snapshot.data && !snapshot.error)
            return false;
    }
    return true;
}

QVariantMap OverviewPage::remembered() const
{
    QVariantMap map;
    if (!d->narrow)
        map.insert(u"splitter"_s, d->splitter->saveState());
    return map;
}

void OverviewPage::recall(const QVariantMap &remembered)
{
    if (!d->narrow && remembered.contains(u"splitter"_s))
        d->splitter->restoreState(remembered.value(u"splitter"_s).toByteArray());
}

void OverviewPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    d->setVisible(true);
    d->refresh();
}

void OverviewPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    d->setVisible(false);
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool narrow = window()->width() < theme::narrowWindow;
    if (narrow != d->narrow)
        d->setNarrow(narrow);
}

} // namespace atalaya::overview

#include "moc_overview_page.cpp"
