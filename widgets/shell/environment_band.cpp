// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/environment_band.h"

#include "models/base/time_text.h"
#include "widgets/common/freshness_pill.h"
#include "widgets/shell/source_popover.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QTimer>
#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>

#include <cmath>

namespace atalaya::shell {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using theme::Token;

namespace {

theme::BandKind bandKindOf(const workspace::Environment &environment)
{
    if (environment.kind == u"production" ||
        (environment.kind.isEmpty() && environment.guard == workspace::Guard::Protected))
        return theme::BandKind::Production;
    return environment.kind == u"drill" ? theme::BandKind::Drill : theme::BandKind::Staging;
}

QString guardWord(workspace::Guard guard)
{
    switch (guard) {
    case workspace::Guard::Open:
        return EnvironmentBand::tr("open");
    case workspace::Guard::Guarded:
        return EnvironmentBand::tr("guarded");
    case workspace::Guard::Protected:
        break;
    }
    return EnvironmentBand::tr("protected");
}

/// One pill for one source, or for several live ones with the oldest age.
common::FreshnessReading pillReading(const QList<refresh::SourceStatus> &sources, Timestamp now, const QTimeZone &zone)
{
    const refresh::SourceStatus &first = sources.first();
    common::FreshnessReading reading;
    reading.freshness = first.freshness;
    reading.name = first.words.isEmpty() ? first.name : first.words;
    Timestamp oldest = first.lastGood;
    for (const refresh::SourceStatus &source : sources)
        oldest = std::min(oldest, source.lastGood);
    reading.age = now - oldest;
    // A group is as old as its silent members: the last good answer is of those that are not.
    if (!first.words.isEmpty() && first.failingSince != Timestamp{})
        reading.age = std::max(reading.age, Milliseconds(now - first.failingSince));
    if (oldest != Timestamp{})
        reading.lastGood = whenText(oldest, now, zone);
    if (sources.size() > 1)
        reading.name = EnvironmentBand::tr("%1 sources").arg(sources.size());
    else if (first.error)
        reading.lastError = sentenceFor(*first.error);
    return reading;
}

} // namespace

/// Lock, name and guard word; opens the list of environments where there are several.
class EnvironmentName final : public QAbstractButton
{
public:
    EnvironmentName(const workspace::Environment &environment, bool several, QWidget *parent)
        : QAbstractButton(parent), m_environment(environment), m_several(several)
    {
        setObjectName(u"environmentName"_s);
        setFocusPolicy(several ? Qt::TabFocus : Qt::NoFocus);
        setEnabled(true);
        const QString words =
            EnvironmentBand::tr("Environment %1, %2").arg(environment.name, guardWord(environment.guard));
        setAccessibleName(words);
        setToolTip(several ? words + u'\n' + EnvironmentBand::tr("Click to switch to another environment") : words);
        setFixedHeight(26);
    }
    QSize sizeHint() const override { return {qRound(26 + nameWidth() + 8 + guardWidth() + (m_several ? 22 : 0)), 26}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const theme::Theme &look = theme::themeOf(this);
        const theme::BandKind kind = bandKindOf(m_environment);
        const QColor text = look.bandText(kind);
        const QRectF box = rect();
        theme::paintIcon(painter, theme::Icon::Lock, QRectF(0, box.center().y() - 8, 16, 16), text);
        theme::paintText(painter, QRectF(24, 0, nameWidth() + 1, box.height()), m_environment.name,
                         theme::font(theme::TextSize::Body, QFont::DemiBold), text);
        const QRectF guard(24 + nameWidth() + 8, box.center().y() - 9, guardWidth(), 18);
        theme::paintSurface(painter, guard, 3, {}, text);
        theme::paintText(painter, guard, guardWord(m_environment.guard), theme::font(theme::TextSize::Small), text,
                         Qt::AlignHCenter);
        if (m_several)
            theme::paintIcon(painter, theme::Icon::ChevronDown, QRectF(guard.right() + 7, box.center().y() - 6, 12, 12),
                             text);
        if (hasFocus())
            theme::paintFocusRing(painter, box.adjusted(1, 1, -1, -1), theme::chipRadius, look);
    }

private:
    qreal nameWidth() const
    {
        return QFontMetricsF(theme::font(theme::TextSize::Body, QFont::DemiBold)).horizontalAdvance(m_environment.name);
    }
    qreal guardWidth() const
    {
        return QFontMetricsF(theme::font(theme::TextSize::Small)).horizontalAdvance(guardWord(m_environment.guard)) +
               10;
    }
    const workspace::Environment &m_environment;
    bool m_several;
};

EnvironmentBand::EnvironmentBand(const workspace::Environment &environment, const QStringList &environmentNames,
                                 refresh::SourceMonitor &monitor, const Clock &clock, const QTimeZone &zone,
                                 QWidget *parent)
    : QWidget(parent)
    , m_environment(environment)
    , m_names(environmentNames)
    , m_monitor(monitor)
    , m_clock(clock)
    , m_zone(zone)
    , m_name(new EnvironmentName(environment, environmentNames.size() > 1, this))
    , m_layout(new QHBoxLayout(this))
    , m_second(new QTimer(this))
{
    setObjectName(u"environmentBand"_s);
    setFixedHeight(theme::bandHeight);
    auto *readOnly = new QLabel(tr("Read-only"), this);
    readOnly->setObjectName(u"readOnly"_s);
    readOnly->setProperty("tone", u"1"_s);
    readOnly->setToolTip(tr("This version reads; it sends no command to any system."));
    auto *sources = new QLabel(tr("Sources"), this);
    sources->setFont(theme::font(theme::TextSize::Small));
    m_sourcesWord = sources;
    m_layout->setContentsMargins(theme::pagePadding, 0, 12, 2);
    m_layout->setSpacing(8);
    m_layout->addWidget(m_name);
    m_layout->addSpacing(8);
    m_layout->addWidget(readOnly);
    m_layout->addStretch(1);
    m_layout->addWidget(m_sourcesWord);
    connect(m_name, &QAbstractButton::clicked, this, &EnvironmentBand::openEnvironmentMenu);
    connect(&m_monitor, &refresh::SourceMonitor::changed, this, &EnvironmentBand::later);
    // Ages move on without any signal, and a source that says nothing grows stale by itself.
    m_second->setInterval(1s);
    connect(m_second, &QTimer::timeout, this, &EnvironmentBand::refresh);
    m_second->start();
    refresh();
}

void EnvironmentBand::setNarrow(bool narrow)
{
    m_narrow = narrow;
    m_sourcesWord->setVisible(!narrow);
    refresh();
}

void EnvironmentBand::later()
{
    if (m_waiting)
        return;
    m_waiting = true;
    QTimer::singleShot(0, this, [this] {
        m_waiting = false;
        refresh();
    });
}

void EnvironmentBand::refresh()
{
    const Timestamp now = m_clock.now();
    QList<QList<refresh::SourceStatus>> wanted;
    QList<refresh::SourceStatus> merged;
    for (const refresh::SourceStatus &source : m_monitor.statuses()) {
        if (m_narrow && source.freshness == Freshness::Live)
            merged.append(source);
        else
            wanted.append({source});
    }
    if (!merged.isEmpty())
        wanted.append(merged);
    m_shown = wanted;
    while (m_pills.size() > wanted.size())
        delete m_pills.takeLast();
    while (m_pills.size() < wanted.size()) {
        auto *pill = new common::FreshnessPill(this);
        m_layout->addWidget(pill);
        connect(pill, &common::FreshnessPill::clicked, this,
                [this, index = static_cast<int>(m_pills.size())] { openPopover(index); });
        m_pills.append(pill);
    }
    for (int i = 0; i < wanted.size(); ++i) {
        const QList<refresh::SourceStatus> &sources = wanted.at(i);
        m_pills.at(i)->setObjectName(sources.size() == 1 ? u"pill_"_s + sources.first().name : u"pill_merged"_s);
        m_pills.at(i)->setReading(pillReading(sources, now, m_zone));
    }
    QPalette words = m_sourcesWord->palette();
    const QColor text = theme::themeOf(this).bandText(bandKindOf(m_environment));
    if (words.color(QPalette::WindowText) != text) {
        words.setColor(QPalette::WindowText, text);
        m_sourcesWord->setPalette(words);
    }
}

void EnvironmentBand::openPopover(int index)
{
    if (!m_popover) {
        m_popover = new SourcePopover(this);
        connect(m_popover, &SourcePopover::tryNowRequested, this, &EnvironmentBand::askNowRequested);
    }
    m_popover->openBelow(m_pills.at(index), m_shown.at(index), m_clock.now(), m_zone);
}

void EnvironmentBand::openEnvironmentMenu()
{
    if (m_names.size() < 2)
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(u"environmentMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QString &name : std::as_const(m_names)) {
        QAction *action = menu->addAction(name);
        action->setCheckable(true);
        action->setChecked(name == m_environment.name);
        connect(action, &QAction::triggered, this, [this, name] {
            if (name != m_environment.name)
                Q_EMIT environmentRequested(name);
        });
    }
    menu->popup(m_name->mapToGlobal(QPoint(0, m_name->height() + 4)));
}

void EnvironmentBand::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const theme::BandKind kind = bandKindOf(m_environment);
    painter.fillRect(rect(), look.bandFill(kind));
    const QRectF line(0, height() - 2, width(), 2);
    if (kind != theme::BandKind::Drill) {
        painter.fillRect(line, look.bandLine(kind));
        return;
    }
    for (qreal x = 0; x < width(); x += 12)
        painter.fillRect(QRectF(x, line.top(), 8, 2), look.bandLine(kind));
}

} // namespace atalaya::shell

#include "moc_environment_band.cpp"
