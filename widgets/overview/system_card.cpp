// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/overview/system_card.h"

#include "models/base/time_text.h"
#include "widgets/overview/card_text.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QHelpEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtWidgets/QToolTip>

#include <algorithm>

namespace atalaya::overview {

using namespace Qt::Literals::StringLiterals;
using theme::Token;

namespace {

constexpr qreal cardEdge = 4;

qreal cardTextWidth(const QString &text, theme::TextSize size, QFont::Weight weight)
{
    return QFontMetricsF(theme::font(size, weight)).horizontalAdvance(text);
}

} // namespace

CardColumns CardColumns::of(int width, bool narrow)
{
    CardColumns columns;
    columns.right = width - 16;
    if (narrow) {
        columns.name = 16;
        columns.alerts = 164;
        columns.breakers = 288;
        columns.health = 424;
        columns.golden = 548;
    } else {
        columns.name = 20;
        columns.alerts = 168;
        columns.breakers = 284;
        columns.health = 416;
        columns.golden = 588;
        // On wide screens the text columns get a part of the room, the curves the rest.
        const qreal extra = std::max(0, width - 872);
        columns.alerts += extra * 0.08;
        columns.breakers += extra * 0.16;
        columns.health += extra * 0.24;
        columns.golden += extra * 0.36;
    }
    constexpr qreal between = 20;
    columns.goldenWidth = std::max(72.0, (columns.right - columns.golden - between) / 2);
    columns.goldenStep = columns.goldenWidth + between;
    return columns;
}

SystemCard::SystemCard(const QString &key, QWidget *parent) : QAbstractButton(parent), m_key(key)
{
    setObjectName(u"systemCard_"_s + key);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setMouseTracking(true);
    connect(this, &QAbstractButton::clicked, this, [this] {
        if (m_keyboardClick)
            Q_EMIT opened(m_key, {});
    });
}

void SystemCard::show(const SystemSummary &system, const QList<GoldenView> &golden, std::optional<Timestamp> began,
                      Timestamp now, const QTimeZone &zone)
{
    const bool sameText = system == m_system && zone == m_zone;
    m_now = now;
    if (sameText && golden == m_golden && began == m_began)
        return;
    m_system = system;
    m_golden = golden;
    m_began = began;
    m_zone = zone;
    if (!sameText) {
        setText(system.title);
        setAccessibleName(spokenSummary(system, now, zone));
    }
    update();
}

void SystemCard::setNow(Timestamp now)
{
    m_now = now;
    const CardColumns columns = CardColumns::of(width(), m_narrow);
    if (!m_narrow && m_system.since)
        update(QRect(0, 0, qRound(columns.alerts), qRound(bodyHeight())));
}

void SystemCard::setNarrow(bool narrow)
{
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    updateGeometry();
    update();
}

void SystemCard::setChosen(bool chosen)
{
    m_chosen = chosen;
    update();
}

qreal SystemCard::bodyHeight() const
{
    return (m_narrow ? 67 : 98) * theme::textScale();
}

QSize SystemCard::sizeHint() const
{
    const qreal footer = (m_narrow ? 24 : 28) * theme::textScale();
    return {m_narrow ? 912 : 872, qRound(bodyHeight() + footer)};
}

QSize SystemCard::minimumSizeHint() const
{
    return {m_narrow ? 760 : 800, sizeHint().height()};
}

bool SystemCard::isMuted() const
{
    return m_system.worst == State::Stale || m_system.worst == State::Unknown;
}

QString SystemCard::pageAt(const QPointF &at) const
{
    const CardColumns columns = CardColumns::of(width(), m_narrow);
    if (at.y() > bodyHeight() || at.x() < columns.alerts - 8)
        return {};
    if (at.x() < columns.breakers - 8)
        return u"alerts"_s;
    if (at.x() < columns.health - 8)
        return m_system.hasBreakers ? u"breakers"_s : QString();
    if (at.x() < columns.golden - 8)
        return u"health"_s;
    return u"dashboards"_s;
}

QString SystemCard::tipAt(const QPointF &at) const
{
    const QString page = pageAt(at);
    const auto hidden = [this](const QString &what) {
        return m_system.silentSources.isEmpty()
                   ? what
                   : what + u'\n' + tr("At least: %1 is silent").arg(m_system.silentSources.join(u", "));
    };
    const auto spoken = [](const QList<CardLine> &lines) {
        QStringList words;
        for (const CardLine &line : lines)
            words += line.figure.isEmpty() ? line.words : line.figure + u' ' + line.words;
        return words.join(u", ");
    };
    if (page == u"alerts")
        return hidden(tr("Alerts: %1").arg(spoken(alertLines(m_system))));
    if (page == u"breakers")
        return hidden(m_system.breakerNames.isEmpty() ? spoken(breakerLines(m_system))
                                                      : spoken(breakerLines(m_system)) + u'\n' + m_system.breakerNames);
    if (page == u"health") {
        QStringList words;
        for (const InstanceSummary &instance : m_system.instances)
            words += instance.name + u": "_s + instance.word;
        return words.join(u'\n');
    }
    if (page == u"dashboards") {
        const CardColumns columns = CardColumns::of(width(), m_narrow);
        const int index = at.x() < columns.golden + columns.goldenStep - 8 ? 0 : 1;
        if (index < m_golden.size())
            return m_golden.at(index).title + u": "_s + m_golden.at(index).fullValue;
        return {};
    }
    if (at.y() > bodyHeight()) {
        const QString reason =
            m_system.reasonTitle + (m_system.reasonText.isEmpty() ? QString() : u": "_s + m_system.reasonText);
        return m_system.reasonAt ? reason + u'\n' + rfc3339(*m_system.reasonAt) : reason;
    }
    QString text = m_system.title + u": "_s + m_system.worstWord;
    if (m_system.since)
        text += u'\n' + tr("since %1").arg(rfc3339(*m_system.since));
    return text + u'\n' + tr("Open %1 on every page (Return)").arg(m_system.title);
}

bool SystemCard::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), tipAt(help->pos()), this);
        return true;
    }
    return QAbstractButton::event(event);
}

void SystemCard::mouseReleaseEvent(QMouseEvent *event)
{
    const bool hit = event->button() == Qt::LeftButton && isDown() && rect().contains(event->position().toPoint());
    const QString page = pageAt(event->position());
    m_keyboardClick = false;
    QAbstractButton::mouseReleaseEvent(event);
    m_keyboardClick = true;
    if (hit)
        Q_EMIT opened(m_key, page);
}

void SystemCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void SystemCard::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void SystemCard::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

void SystemCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const theme::Theme &look = theme::themeOf(this);
    const QRectF box = rect();
    const CardColumns columns = CardColumns::of(width(), m_narrow);
    const bool muted = isMuted();

    theme::paintSurface(painter, box, theme::cardRadius, look.color(underMouse() ? Token::Hover : Token::Surface),
                        look.color(m_chosen ? Token::Accent : Token::Line));
    if (muted) {
        QColor hatch = look.color(Token::Line);
        // The high contrast's lines are bright enough to stand in the way of the words.
        if (look.isHighContrast())
            hatch.setAlphaF(0.4F);
        theme::paintHatch(painter, box.adjusted(1, 1, -1, -1), hatch, theme::cardRadius - 1);
    }
    painter.save();
    QPainterPath rounded;
    rounded.addRoundedRect(box, theme::cardRadius, theme::cardRadius);
    painter.setClipPath(rounded);
    painter.fillRect(QRectF(0, 0, cardEdge, box.height()), look.color(m_system.worst));
    painter.restore();
    theme::paintHairline(painter, QPointF(cardEdge, bodyHeight()), box.width() - cardEdge - 1, Qt::Horizontal,
                         look.color(Token::Line));

    paintName(painter, columns);
    const qreal body = bodyHeight();
    paintLines(painter, QRectF(columns.alerts, 0, columns.breakers - columns.alerts - 8, body), alertLines(m_system),
               16, {});
    paintLines(painter, QRectF(columns.breakers, 0, columns.health - columns.breakers - 8, body),
               breakerLines(m_system), 22, m_narrow ? QString() : m_system.breakerNames);
    paintHealth(painter, QRectF(columns.health, 0, columns.golden - columns.health - 16, body));
    for (int i = 0; i < m_golden.size() && i < 2; ++i)
        paintGolden(painter, QRectF(columns.golden + i * columns.goldenStep, 0, columns.goldenWidth, body),
                    m_golden.at(i));
    paintFooter(painter, columns);
    if (hasFocus())
        theme::paintFocusRing(painter, box.adjusted(1, 1, -1, -1), theme::cardRadius - 1, look);
}

void SystemCard::paintName(QPainter &painter, const CardColumns &columns) const
{
    const theme::Theme &look = theme::themeOf(this);
    const qreal s = theme::textScale();
    const qreal width = columns.alerts - columns.name - 8;
    const qreal first = (m_narrow ? 15 : 19) * s;
    const qreal second = (m_narrow ? 35 : 40) * s;
    const qreal line = 20 * s;
    theme::paintText(painter, QRectF(columns.name, first - line / 2, width, line), m_system.title,
                     theme::font(theme::TextSize::Body, QFont::DemiBold),
                     look.color(isMuted() ? Token::Text2 : Token::Text1));
    theme::StatePainter(look).paint(painter, m_system.worst, QRectF(columns.name, second - 8, 16, 16));
    theme::paintText(painter, QRectF(columns.name + 22, second - line / 2, width - 22, line), m_system.worstWord,
                     theme::font(theme::TextSize::Body, QFont::DemiBold), look.color(m_system.worst));
    if (m_narrow)
        return;
    auto [since, age] = sinceTexts(m_system, m_now, m_zone);
    if (isMuted() && m_system.lastKnown != State::Unknown && m_system.lastKnown != State::Stale) {
        since = tr("was %1").arg(theme::stateWord(m_system.lastKnown, theme::Subject::Health));
        age.clear();
    }
    const QFont small = theme::font(theme::TextSize::Small);
    const QColor hint = look.color(Token::Text3);
    theme::paintText(painter, QRectF(columns.name + 22, 53 * s, width - 22, 16 * s), since, small, hint);
    theme::paintText(painter, QRectF(columns.name + 22, 70 * s, width - 22, 16 * s), age, small, hint);
}

void SystemCard::paintLines(QPainter &painter, const QRectF &area, const QList<CardLine> &lines, qreal glyphWidth,
                            const QString &below) const
{
    const theme::Theme &look = theme::themeOf(this);
    const qreal s = theme::textScale();
    const auto rows = lines.size() + (below.isEmpty() ? 0 : 1);
    const qreal top = (m_narrow ? 15 : 19) * s;
    qreal step = (m_narrow ? 19 : below.isEmpty() ? 24 : 21) * s;
    if (rows > 1)
        step = std::min(step, (area.height() - top - 10 * s) / static_cast<qreal>(rows - 1));
    qreal centre = top;
    const theme::StatePainter states(look);
    const bool muted = isMuted();
    for (const CardLine &line : lines) {
        const QRectF text(area.left(), centre - 10 * s, area.width(), 20 * s);
        if (line.figure.isEmpty()) {
            theme::paintText(painter, text, line.words, theme::font(), look.color(Token::Text3));
            centre += step;
            continue;
        }
        const State state = line.glyph ? theme::switchState(*line.glyph) : *line.shape;
        const QRectF glyph(area.left(), centre - 8, glyphWidth, 16);
        if (line.glyph)
            states.paint(painter, *line.glyph, glyph);
        else
            states.paint(painter, state, glyph);
        const QColor color = look.color(muted && state == State::Unknown ? State::Stale : state);
        const QFont strong = theme::font(theme::TextSize::Body, QFont::DemiBold);
        const qreal left = area.left() + glyphWidth + 6;
        const qreal figure = cardTextWidth(line.figure, theme::TextSize::Body, QFont::DemiBold);
        theme::paintText(painter, QRectF(left, text.top(), figure + 1, text.height()), line.figure, strong, color);
        const QFont wordFont = line.glyph ? strong : theme::font();
        theme::paintText(painter,
                         QRectF(left + figure + 4, text.top(), area.right() - left - figure - 4, text.height()),
                         line.words, wordFont, color);
        centre += step;
    }
    if (!below.isEmpty())
        theme::paintText(painter, QRectF(area.left(), centre - 10 * s, area.width(), 20 * s), below,
                         theme::font(theme::TextSize::Small), look.color(Token::Text2));
}

void SystemCard::paintHealth(QPainter &painter, const QRectF &area) const
{
    const theme::Theme &look = theme::themeOf(this);
    const theme::StatePainter states(look);
    const qreal s = theme::textScale();
    const QFont small = theme::font(theme::TextSize::Small);
    const QColor muted = look.color(Token::Text3);
    if (m_narrow) {
        qreal x = area.left();
        for (const InstanceSummary &instance : m_system.instances) {
            if (x + 16 > area.right())
                break;
            states.paint(painter, health::stateOf(instance.status), QRectF(x, 15 * s - 7, 14, 14));
            x += 20;
        }
        theme::paintText(painter, QRectF(area.left(), 24 * s, area.width(), 18 * s), healthCountText(m_system), small,
                         muted);
        return;
    }
    QList<InstanceSummary> worst = m_system.instances;
    std::stable_sort(worst.begin(), worst.end(), [](const InstanceSummary &a, const InstanceSummary &b) {
        return health::stateOf(a.status) != health::stateOf(b.status) &&
               worse(health::stateOf(a.status), health::stateOf(b.status)) == health::stateOf(a.status);
    });
    const bool flags = m_system.flagsChangedLastHour > 0;
    const qsizetype room = flags ? 3 : 4;
    const bool cut = worst.size() > room;
    const qsizetype shown = cut ? room - 1 : worst.size();
    // In their own order, so that an instance keeps its place while its state changes; only a longer list is cut by
    // severity.
    const QList<InstanceSummary> rows = cut ? worst.first(shown) : m_system.instances;
    qreal centre = 19 * s;
    const auto line = [&] { return QRectF(area.left(), centre - 8 * s, area.width(), 16 * s); };
    qreal nameWidth = 0;
    for (const InstanceSummary &instance : rows)
        nameWidth = std::max(nameWidth, cardTextWidth(instance.name, theme::TextSize::Small, QFont::Normal));
    const qreal wordLeft = std::min(area.width() - 68 * s, std::max(86.0 * s, 20 + nameWidth + 12));
    for (const InstanceSummary &instance : rows) {
        const State state = health::stateOf(instance.status);
        states.paint(painter, state, QRectF(area.left(), centre - 6.5, 13, 13));
        theme::paintText(painter, line().adjusted(20, 0, wordLeft - area.width() - 6, 0), instance.name, small,
                         look.color(isMuted() ? Token::Text2 : Token::Text1));
        theme::paintText(painter, line().adjusted(wordLeft, 0, 0, 0), instance.word, small, muted);
        centre += 20 * s;
    }
    if (cut) {
        theme::paintText(painter, line().adjusted(20, 0, 0, 0), tr("and %1 more").arg(worst.size() - shown), small,
                         muted);
        centre += 20 * s;
    }
    if (worst.isEmpty()) {
        theme::paintText(painter, line(), tr("No instances"), theme::font(), muted);
        centre += 20 * s;
    }
    if (flags) {
        theme::paintIcon(painter, theme::Icon::Flags, QRectF(area.left(), centre - 6.5, 13, 13),
                         look.color(Token::Accent));
        theme::paintText(painter, line().adjusted(20, 0, 0, 0),
                         m_system.flagsChangedLastHour == 1 ? tr("1 flag changed")
                                                            : tr("%1 flags changed").arg(m_system.flagsChangedLastHour),
                         small, look.color(Token::Accent));
    }
}

void SystemCard::paintGolden(QPainter &painter, const QRectF &area, const GoldenView &golden) const
{
    const theme::Theme &look = theme::themeOf(this);
    const qreal s = theme::textScale();
    const QFont small = theme::font(theme::TextSize::Small);
    const QFont strong = golden.hasValue ? theme::font(theme::TextSize::Body, QFont::DemiBold) : theme::font();
    const QColor value = look.color(!golden.hasValue ? Token::Text3 : golden.live ? Token::Text1 : Token::Stale);
    QRectF curve;
    if (m_narrow) {
        const qreal valueWidth =
            std::min(area.width() * 0.55, QFontMetricsF(strong).horizontalAdvance(golden.value) + 1);
        theme::paintText(painter, QRectF(area.left(), 4 * s, area.width() - valueWidth - 6, 18 * s), golden.title,
                         small, look.color(Token::Text2));
        theme::paintText(painter, QRectF(area.right() - valueWidth, 4 * s, valueWidth, 18 * s), golden.value, strong,
                         value, Qt::AlignRight);
        curve = QRectF(area.left(), 25 * s, area.width(), area.height() - 25 * s - 14);
    } else {
        theme::paintText(painter, QRectF(area.left(), 9 * s, area.width(), 16 * s), golden.title, small,
                         look.color(Token::Text2));
        theme::paintText(painter, QRectF(area.left(), 26 * s, area.width(), 20 * s), golden.value, strong, value);
        curve = QRectF(area.left(), 50 * s, area.width(), area.height() - 50 * s - 13);
    }
    paintTrace(painter, curve, golden, m_began, look);
}

void SystemCard::paintFooter(QPainter &painter, const CardColumns &columns) const
{
    const theme::Theme &look = theme::themeOf(this);
    const QFont small = theme::font(theme::TextSize::Small);
    const QRectF row(columns.name, bodyHeight(), columns.right - columns.name, height() - bodyHeight());
    qreal left = row.left();
    if (!m_narrow) {
        theme::StatePainter(look).paint(painter, m_system.reasonState,
                                        QRectF(left + 1, row.center().y() - 6.5, 13, 13));
        left += 22;
    }
    const QString when = m_system.reasonAt ? whenText(*m_system.reasonAt, m_now, m_zone) : QString();
    const qreal whenWidth = cardTextWidth(when, theme::TextSize::Small, QFont::Normal);
    const qreal right = row.right() - (when.isEmpty() ? 0 : whenWidth + 16);
    if (m_system.reasonTitle.isEmpty() && m_system.reasonText.isEmpty()) {
        const QString calm = m_system.worst == State::Ok ? tr("Nothing needs attention") : tr("No reason is known yet");
        theme::paintText(painter, QRectF(left, row.top(), right - left, row.height()), calm, small,
                         look.color(Token::Text3));
        return;
    }
    const qreal title =
        std::min(right - left, cardTextWidth(m_system.reasonTitle, theme::TextSize::Small, QFont::Medium));
    theme::paintText(painter, QRectF(left, row.top(), title + 1, row.height()), m_system.reasonTitle,
                     theme::font(theme::TextSize::Small, QFont::Medium),
                     look.color(isMuted() ? Token::Text2 : Token::Text1));
    theme::paintText(painter, QRectF(left + title + 9, row.top(), right - left - title - 9, row.height()),
                     m_system.reasonText, small, look.color(Token::Text2));
    theme::paintText(painter, QRectF(row.right() - whenWidth - 1, row.top(), whenWidth + 1, row.height()), when, small,
                     look.color(Token::Text3));
}

} // namespace atalaya::overview

#include "moc_system_card.cpp"
