// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/top_bar.h"

#include "models/base/time_text.h"
#include "widgets/shell/bar_button.h"
#include "widgets/shell/range_popup.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QTimer>
#include <QtGui/QAction>
#include <QtGui/QActionGroup>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>

namespace atalaya::shell {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype longestHistory = 50;

QString intervalText(Milliseconds interval)
{
    if (interval % 60'000ms == 0ms)
        return TopBar::tr("%1 min").arg(interval.count() / 60'000);
    return TopBar::tr("%1 s").arg(interval.count() / 1000);
}

BarButton *barButton(const QString &name, const QString &accessible, const QString &toolTip, QWidget *parent)
{
    auto *button = new BarButton(parent);
    button->setObjectName(name);
    button->setAccessibleName(accessible);
    button->setToolTip(toolTip);
    return button;
}

} // namespace

TopBar::TopBar(metrics::MetricStore &metrics, refresh::RefreshSchedule &schedule, const Clock &clock,
               const QTimeZone &zone, QWidget *parent)
    : QWidget(parent)
    , m_metrics(metrics)
    , m_schedule(schedule)
    , m_clock(clock)
    , m_zone(zone)
    , m_title(new QLabel(this))
    , m_subtitle(new QLabel(this))
    , m_system(new QPushButton(this))
    , m_back(barButton(u"rangeBack"_s, tr("Back to the last time range"), tr("Back to the last time range (Alt+Left)"),
                       this))
    , m_range(barButton(u"rangeButton"_s, tr("Time range"), tr("Time range (Ctrl+T)"), this))
    , m_zoomOut(barButton(u"zoomOut"_s, tr("Zoom out"), tr("Zoom out (Ctrl+-)"), this))
    , m_interval(barButton(u"intervalButton"_s, tr("Refresh interval"), tr("How often the servers are asked"), this))
    , m_pause(barButton(u"pauseButton"_s, tr("Pause"), {}, this))
    , m_palette(barButton(u"paletteButton"_s, tr("Go to or run"),
                          tr("Go to a page, a system or a dashboard, or run an action (Ctrl+K)"), this))
{
    setObjectName(u"topBar"_s);
    setFixedHeight(theme::topBarHeight);
    m_title->setObjectName(u"pageTitle"_s);
    m_subtitle->setObjectName(u"pageSubtitle"_s);
    m_subtitle->setProperty("tone", u"3"_s);
    m_subtitle->setMinimumWidth(0);
    m_subtitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_system->setObjectName(u"systemFilter"_s);
    m_system->setProperty("size", u"small"_s);
    m_system->setIcon(theme::icon(theme::Icon::Close));
    m_system->setIconSize(QSize(12, 12));
    m_system->setLayoutDirection(Qt::RightToLeft);
    m_system->hide();
    m_back->setGlyph(theme::Icon::Back);
    m_zoomOut->setGlyph(theme::Icon::ZoomOut);
    m_range->setOpensSomething(true);
    m_interval->setOpensSomething(true);
    m_palette->setGlyph(theme::Icon::Search);
    m_palette->setKeyChip(tr("Ctrl K"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme::pagePadding, 0, theme::pagePadding, 1);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addSpacing(4);
    layout->addWidget(m_system);
    layout->addWidget(m_subtitle, 1);
    for (BarButton *button : {m_back, m_range, m_zoomOut, m_interval, m_pause, m_palette})
        layout->addWidget(button);

    m_current = shown();
    connect(m_back, &BarButton::clicked, this, &TopBar::goBack);
    connect(m_range, &BarButton::clicked, this, &TopBar::openRangeMenu);
    connect(m_zoomOut, &BarButton::clicked, this, &TopBar::zoomOut);
    connect(m_interval, &BarButton::clicked, this, &TopBar::openIntervalMenu);
    connect(m_pause, &BarButton::clicked, this, &TopBar::togglePause);
    connect(m_palette, &BarButton::clicked, this, &TopBar::paletteRequested);
    connect(m_system, &QPushButton::clicked, this, &TopBar::systemCleared);
    connect(&m_schedule, &refresh::RefreshSchedule::pausedChanged, this, &TopBar::refreshTexts);
    // A chart can change the range too (drag to zoom): whatever was shown before becomes a step back.
    connect(&m_metrics, &metrics::MetricStore::rangeChanged, this, [this] {
        const ShownRange now = shown();
        if (now != m_current && !m_goingBack) {
            m_history.append(m_current);
            if (m_history.size() > longestHistory)
                m_history.removeFirst();
        }
        m_current = now;
        refreshTexts();
    });
    auto *minute = new QTimer(this);
    minute->setInterval(10s);
    minute->setTimerType(Qt::VeryCoarseTimer);
    connect(minute, &QTimer::timeout, this, &TopBar::refreshTexts);
    minute->start();
    refreshTexts();
}

ShownRange TopBar::shown() const
{
    return m_metrics.isTrailing() ? ShownRange{m_metrics.trailingLength(), {}}
                                  : ShownRange{std::nullopt, m_metrics.range()};
}

void TopBar::show(const ShownRange &range)
{
    if (range.trailing)
        m_metrics.showLast(*range.trailing);
    else
        m_metrics.showRange(range.fixed);
}

void TopBar::setTitle(const QString &title, const QString &subtitle)
{
    m_title->setFont(theme::font(theme::TextSize::Title, QFont::DemiBold));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setText(title);
    m_subtitleText = subtitle;
    m_subtitle->setFont(theme::font(theme::TextSize::Small));
    m_subtitle->setTextFormat(Qt::PlainText);
    m_subtitle->setToolTip(subtitle);
    m_subtitle->setText(
        m_subtitle->fontMetrics().elidedText(subtitle, Qt::ElideRight, std::max(0, m_subtitle->width())));
}

void TopBar::setSystem(const QString &title)
{
    m_system->setVisible(!title.isEmpty());
    m_system->setText(title);
    m_system->setToolTip(tr("Every page shows only %1. Click to show all systems (Esc)").arg(title));
    m_system->setAccessibleName(tr("Only %1, show all systems").arg(title));
}

void TopBar::setNarrow(bool narrow)
{
    m_narrow = narrow;
    // The keys still work; the palette lists both.
    m_back->setVisible(!narrow);
    m_zoomOut->setVisible(!narrow);
    refreshTexts();
}

void TopBar::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
    refreshTexts();
}

void TopBar::goBack()
{
    if (m_history.isEmpty())
        return;
    const ShownRange last = m_history.takeLast();
    m_goingBack = true;
    show(last);
    m_goingBack = false;
    m_current = shown();
    refreshTexts();
}

void TopBar::zoomOut()
{
    show(zoomedOut(shown(), m_clock.now()));
}

void TopBar::togglePause()
{
    m_schedule.setPaused(!m_schedule.isPaused());
}

void TopBar::openRangeMenu()
{
    if (!m_popup) {
        m_popup = new RangePopup(m_clock, this);
        connect(m_popup, &RangePopup::chosen, this, &TopBar::show);
    }
    m_popup->openBelow(m_range, shown(), m_metrics.range(), m_zone);
}

void TopBar::openIntervalMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"intervalMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *group = new QActionGroup(menu);
    for (const Milliseconds interval : {Milliseconds(5s), Milliseconds(10s), Milliseconds(15s), Milliseconds(30s),
                                        Milliseconds(1min), Milliseconds(5min)}) {
        QAction *action = menu->addAction(tr("Every %1").arg(intervalText(interval)));
        action->setCheckable(true);
        action->setChecked(interval == m_metrics.interval());
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, interval] {
            m_metrics.setInterval(interval);
            refreshTexts();
        });
    }
    menu->addSeparator();
    QAction *now = menu->addAction(tr("Ask everything now"));
    now->setShortcut(QKeySequence(Qt::Key_F5));
    connect(now, &QAction::triggered, this, [this] { m_schedule.refreshAll(); });
    menu->popup(m_interval->mapToGlobal(QPoint(0, m_interval->height() + 4)));
}

void TopBar::refreshTexts()
{
    using theme::Token;
    const ShownRange range = shown();
    const QString span = spanText(m_metrics.range(), m_zone);
    if (range.trailing)
        m_range->setTexts({{trailingText(*range.trailing), Token::Text1}, {span, Token::Text3}});
    else
        m_range->setTexts({{span, Token::Text1}});
    m_interval->setTexts(
        {{tr("Every"), Token::Text2}, {intervalText(m_metrics.interval()), Token::Text1, QFont::Medium}});
    const bool paused = m_schedule.isPaused();
    m_pause->setGlyph(paused ? theme::Icon::Play : theme::Icon::Pause);
    m_pause->setTexts(paused ? QList<BarText>{{tr("Paused"), Token::Warning, QFont::DemiBold}} : QList<BarText>{});
    m_pause->setAccessibleName(paused ? tr("Go on asking") : tr("Pause"));
    m_pause->setToolTip(paused ? tr("Nothing is asked by itself. Go on (Space)") : tr("Stop asking by itself (Space)"));
    m_palette->setTexts(m_narrow ? QList<BarText>{} : QList<BarText>{{tr("Go to or run…"), Token::Text3}});
    m_back->setEnabled(canGoBack());
    m_back->setToolTip(canGoBack() ? tr("Back to the last time range (Alt+Left)")
                                   : tr("No earlier time range to go back to (Alt+Left)"));
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    theme::paintHairline(painter, QPointF(0, height() - 1), width(), Qt::Horizontal,
                         theme::themeOf(this).color(theme::Token::Line));
}

void TopBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    setTitle(m_title->text(), m_subtitleText);
}

} // namespace atalaya::shell

#include "moc_top_bar.cpp"
