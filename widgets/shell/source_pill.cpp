// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/source_pill.h"

#include "models/base/time_text.h"
#include "widgets/shell/source_popover.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QEvent>
#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

#include <cmath>

namespace atalaya::shell {

using namespace Qt::Literals::StringLiterals;
using theme::Token;

namespace {

/// "4 s", "4 min", "2 h": one unit, since the pill is read at a glance.
QString pillAge(Milliseconds age)
{
    const auto seconds = std::max<std::int64_t>(0, age.count() / 1000);
    if (seconds < 60)
        return SourcePill::tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return SourcePill::tr("%1 min").arg(seconds / 60);
    return seconds < 86'400 ? SourcePill::tr("%1 h").arg(seconds / 3600) : SourcePill::tr("%1 d").arg(seconds / 86'400);
}

Freshness pillFreshness(const PillContent &content)
{
    return content.sources.isEmpty() ? Freshness::Waiting : content.sources.first().freshness;
}

QString pillName(const PillContent &content)
{
    if (content.sources.size() == 1)
        return content.sources.first().name;
    return SourcePill::tr("%n source(s)", nullptr, static_cast<int>(content.sources.size()));
}

} // namespace

SourcePill::SourcePill(QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void SourcePill::show(const PillContent &content, Timestamp now)
{
    QString age;
    Milliseconds oldest{};
    for (const refresh::SourceStatus &source : content.sources)
        oldest = std::max(oldest, Milliseconds(now - source.lastGood));
    switch (pillFreshness(content)) {
    case Freshness::Waiting:
        age = tr("asking");
        break;
    case Freshness::Live:
        age = content.sources.size() == 1 && !content.sources.first().words.isEmpty() ? content.sources.first().words : pillAge(oldest);
        break;
    case Freshness::Stale:
        age = tr("stale %1").arg(pillAge(oldest));
        break;
    case Freshness::Unreachable:
        age = tr("unreachable");
        break;
    }
    if (content == m_content && age == m_age)
        return;
    m_content = content;
    m_age = age;
    setObjectName(content.sources.size() == 1 ? u"pill_"_s + content.sources.first().name : u"pill_merged"_s);
    QStringList lines;
    for (const refresh::SourceStatus &source : content.sources) {
        QString line = u"%1 %2"_s.arg(source.name, freshnessSentence(source, now));
        if (!source.words.isEmpty())
            line += u", "_s + source.words;
        if (source.lastGood != Timestamp{})
            line += u" ("_s + rfc3339(source.lastGood) + u')';
        lines += line;
    }
    setToolTip(lines.join(u'\n'));
    setAccessibleName(u"%1, %2"_s.arg(pillName(content), age));
    setText(u"%1 %2"_s.arg(pillName(content), age));
    updateGeometry();
    update();
}

QSize SourcePill::sizeHint() const
{
    const bool live = pillFreshness(m_content) == Freshness::Live;
    const qreal name = QFontMetricsF(theme::font(theme::TextSize::Small)).horizontalAdvance(pillName(m_content));
    const qreal age = QFontMetricsF(theme::font(theme::TextSize::Small, live ? QFont::Normal : QFont::DemiBold)).horizontalAdvance(m_age);
    return {static_cast<int>(std::ceil(6 + 12 + 5 + name + 5 + age + 8)), 22};
}

void SourcePill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const QRectF box = rect();
    State shape = State::Pending;
    QColor border;
    QColor ageColor = look.color(Token::Text3);
    bool strong = false;
    switch (pillFreshness(m_content)) {
    case Freshness::Waiting:
        break;
    case Freshness::Live:
        shape = State::Ok;
        break;
    case Freshness::Stale:
        shape = State::Stale;
        border = ageColor = look.color(State::Warning);
        strong = true;
        break;
    case Freshness::Unreachable:
        shape = State::Unknown;
        border = ageColor = look.color(State::Critical);
        strong = true;
        break;
    }
    if (look.isHighContrast() && !border.isValid())
        border = look.color(Token::Line);
    theme::paintSurface(painter, box, theme::chipRadius, look.color(underMouse() ? Token::Hover : Token::Surface), border);
    const QRectF glyph(6, box.center().y() - 6, 12, 12);
    if (pillFreshness(m_content) == Freshness::Stale)
        theme::StatePainter(look).paint(painter, shape, glyph, look.color(Token::Text2));
    else
        theme::StatePainter(look).paint(painter, shape, glyph);
    const qreal name = theme::paintText(painter, QRectF(23, 0, box.width() - 23, box.height()), pillName(m_content),
                                        theme::font(theme::TextSize::Small), look.color(Token::Text1));
    theme::paintText(painter, QRectF(23 + name + 5, 0, box.width() - 28 - name, box.height()), m_age,
                     theme::font(theme::TextSize::Small, strong ? QFont::DemiBold : QFont::Normal), ageColor);
    if (hasFocus())
        theme::paintFocusRing(painter, box.adjusted(1, 1, -1, -1), theme::chipRadius - 1, look);
}

void SourcePill::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange)
        updateGeometry();
    QAbstractButton::changeEvent(event);
}

} // namespace atalaya::shell
