// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/status_strip.h"

#include "models/base/time_text.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QDateTime>
#include <QtCore/QTimer>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>

#include <cstdlib>

namespace atalaya::shell {

using namespace Qt::Literals::StringLiterals;

namespace {

/// "CET (UTC+1)", "UTC".
QString zoneText(const QDateTime &moment)
{
    if (moment.timeZone() == QTimeZone::utc())
        return u"UTC"_s;
    const int offset = moment.offsetFromUtc();
    const int hours = std::abs(offset) / 3600;
    const int minutes = std::abs(offset) / 60 % 60;
    QString shift = u"UTC"_s + (offset < 0 ? u'-' : u'+') + QString::number(hours);
    if (minutes != 0)
        shift += u":%1"_s.arg(minutes, 2, 10, QLatin1Char('0'));
    const QString name = moment.timeZoneAbbreviation();
    return name.startsWith(u"UTC") ? shift : name + u" ("_s + shift + u')';
}

QToolButton *stripButton(const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(name);
    button->setProperty("role", u"quiet"_s);
    button->setProperty("size", u"small"_s);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setIconSize(QSize(16, 12));
    button->setFont(theme::font(theme::TextSize::Small));
    button->setFocusPolicy(Qt::TabFocus);
    // As high as the style sheet makes it: in less, its words stand lower than their neighbours'.
    button->setFixedHeight(24);
    return button;
}

QLabel *stripGlyph(theme::Icon icon, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setPixmap(theme::icon(icon).pixmap(QSize(12, 12), parent->devicePixelRatioF()));
    return label;
}

QWidget *stripDivider(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setProperty("hairline", true);
    line->setFixedSize(1, 12);
    return line;
}

} // namespace

StatusStrip::StatusStrip(const Clock &clock, const QTimeZone &local, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_local(local)
    , m_clockButton(stripButton(u"clockButton"_s, this))
    , m_warnings(stripButton(u"workspaceWarnings"_s, this))
    , m_timer(new QTimer(this))
{
    setObjectName(u"statusStrip"_s);
    setFixedHeight(theme::statusStripHeight);
    const auto label = [this](const QString &name, const QString &text) {
        auto *made = new QLabel(text, this);
        made->setObjectName(name);
        made->setProperty("tone", u"2"_s);
        made->setFont(theme::font(theme::TextSize::Small));
        return made;
    };
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme::pagePadding, 1, theme::pagePadding, 0);
    layout->setSpacing(6);
    layout->addWidget(stripGlyph(theme::Icon::Info, this));
    layout->addWidget(label(u"lastCommand"_s, tr("No command sent yet")));
    layout->addSpacing(8);
    m_warnings->setIcon(theme::icon(theme::Icon::Question, theme::Token::Warning));
    m_warnings->hide();
    layout->addWidget(m_warnings);
    layout->addStretch(1);

    layout->addWidget(stripGlyph(theme::Icon::Lock, this));
    QLabel *lock = label(u"lockState"_s, tr("Read-only"));
    lock->setToolTip(tr("This version reads; it sends no command to any system."));
    layout->addWidget(lock);
    layout->addSpacing(2);
    layout->addWidget(stripDivider(this));
    m_clockButton->setIcon(theme::icon(theme::Icon::Clock));
    m_clockButton->setToolTip(tr("Times are shown in this zone. Click for local time or UTC (Ctrl+U)"));
    layout->addWidget(m_clockButton);
    layout->addWidget(stripDivider(this));
    auto *looks = stripButton(u"appearanceButton"_s, this);
    looks->setText(tr("Appearance"));
    looks->setIcon(theme::icon(theme::Icon::Sliders));
    looks->setToolTip(tr("Dark, light or high contrast"));
    looks->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(looks);
    for (const auto &[name, word] : {std::pair{u"system"_s, tr("Follow the system")},
                                     {u"dark"_s, tr("Dark")},
                                     {u"light"_s, tr("Light")},
                                     {u"high-contrast"_s, tr("High contrast")}}) {
        menu->addAction(word, this, [this, name = name] { Q_EMIT themeRequested(name); });
    }
    looks->setMenu(menu);
    layout->addWidget(looks);
    layout->addWidget(stripDivider(this));
    layout->addSpacing(2);
    layout->addWidget(label(u"version"_s, tr("Atalaya %1").arg(QStringLiteral(ATALAYA_VERSION))));

    connect(m_clockButton, &QToolButton::clicked, this, [this] { setUtc(!m_utc); });
    m_timer->setTimerType(Qt::PreciseTimer);
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &StatusStrip::tick);
    tick();
}

void StatusStrip::setUtc(bool utc)
{
    if (utc == m_utc)
        return;
    m_utc = utc;
    tick();
    Q_EMIT zoneChanged(zone());
}

void StatusStrip::setWarnings(const QStringList &warnings)
{
    m_warnings->setVisible(!warnings.isEmpty());
    m_warnings->setText(warnings.size() == 1 ? tr("1 warning about the workspace")
                                             : tr("%1 warnings about the workspace").arg(warnings.size()));
    m_warnings->setToolTip(warnings.join(u'\n'));
    m_warnings->setAccessibleDescription(warnings.join(u". "_s));
}

void StatusStrip::tick()
{
    const Timestamp now = m_clock.now();
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(now.time_since_epoch().count(), zone());
    const QString zoneName = zoneText(moment);
    m_clockButton->setText(m_utc ? tr("%1 UTC").arg(clockText(now, zone()))
                                 : tr("%1 Local, %2").arg(clockText(now, zone()), zoneName));
    m_clockButton->setAccessibleName(tr("Clock, %1").arg(m_utc ? u"UTC"_s : zoneName));
    // On the second, so that this clock and the servers' can be compared.
    m_timer->start(static_cast<int>(1000 - now.time_since_epoch().count() % 1000));
}

void StatusStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    painter.fillRect(rect(), look.color(theme::Token::Rail));
    theme::paintHairline(painter, QPointF(0, 0), width(), Qt::Horizontal, look.color(theme::Token::Line));
}

} // namespace atalaya::shell

#include "moc_status_strip.cpp"
