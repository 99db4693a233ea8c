// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/freshness_pill.h"

#include "models/base/time_text.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>

namespace atalaya::common {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qreal pillPadding = 6;
constexpr qreal pillShape = 12;

State pillState(Freshness freshness)
{
    switch (freshness) {
    case Freshness::Waiting:
        return State::Pending;
    case Freshness::Live:
        return State::Ok;
    case Freshness::Stale:
        return State::Stale;
    case Freshness::Unreachable:
        return State::Unknown;
    }
    return State::Unknown;
}

QFont pillWordsFont(Freshness freshness)
{
    const bool loud = freshness == Freshness::Stale || freshness == Freshness::Unreachable;
    return theme::font(theme::TextSize::Small, loud ? QFont::DemiBold : QFont::Normal);
}

} // namespace

QString freshnessWords(const FreshnessReading &reading)
{
    switch (reading.freshness) {
    case Freshness::Waiting:
        return FreshnessPill::tr("waiting");
    case Freshness::Live:
        return shortAge(reading.age);
    case Freshness::Stale:
        return FreshnessPill::tr("stale %1").arg(shortAge(reading.age));
    case Freshness::Unreachable:
        return FreshnessPill::tr("unreachable");
    }
    return {};
}

FreshnessPill::FreshnessPill(QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void FreshnessPill::setReading(const FreshnessReading &reading)
{
    if (m_reading == reading)
        return;
    m_reading = reading;
    const QString words = freshnessWords(reading);
    setText(reading.name + u' ' + words);
    setAccessibleName(reading.name + u", "_s +
                      (reading.freshness == Freshness::Live ? tr("live, %1").arg(words) : words));
    QStringList lines{accessibleName()};
    lines += reading.lastGood.isEmpty() ? tr("no good answer yet") : tr("last good answer %1").arg(reading.lastGood);
    if (!reading.lastError.isEmpty())
        lines += reading.lastError;
    setToolTip(lines.join(u'\n'));
    updateGeometry();
    update();
}

QSize FreshnessPill::sizeHint() const
{
    const QFontMetricsF name(theme::font(theme::TextSize::Small));
    const QFontMetricsF words(pillWordsFont(m_reading.freshness));
    const qreal width = pillPadding + pillShape + 5 + name.horizontalAdvance(m_reading.name) + 5 +
                        words.horizontalAdvance(freshnessWords(m_reading)) + pillPadding + 1;
    return {static_cast<int>(std::ceil(width)), 22};
}

void FreshnessPill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &theme = theme::themeOf(this);
    using theme::Token;
    const Freshness freshness = m_reading.freshness;
    const Token loud = freshness == Freshness::Unreachable ? Token::Critical : Token::Warning;
    const bool isLoud = freshness == Freshness::Stale || freshness == Freshness::Unreachable;
    const QColor border = isLoud ? theme.color(loud) : theme.isHighContrast() ? theme.color(Token::Line) : QColor();
    theme::paintSurface(painter, rect(), theme::chipRadius, theme.color(underMouse() ? Token::Hover : Token::Surface),
                        border);

    QRectF area = QRectF(rect()).adjusted(pillPadding, 0, -pillPadding, 0);
    const QRectF shape(area.left(), area.center().y() - pillShape / 2, pillShape, pillShape);
    theme::StatePainter(theme).paint(painter, pillState(freshness), shape);
    area.setLeft(shape.right() + 5);
    const qreal used =
        theme::paintText(painter, area, m_reading.name, theme::font(theme::TextSize::Small), theme.color(Token::Text1));
    area.setLeft(area.left() + used + 5);
    theme::paintText(painter, area, freshnessWords(m_reading), pillWordsFont(freshness),
                     theme.color(isLoud ? loud : Token::Text3));
    if (hasFocus())
        theme::paintFocusRing(painter, QRectF(rect()).adjusted(1, 1, -1, -1), theme::chipRadius, theme);
}

} // namespace atalaya::common

#include "moc_freshness_pill.cpp"
