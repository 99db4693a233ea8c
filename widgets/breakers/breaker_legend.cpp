// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakers/breaker_legend.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/state_painter.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

#include <array>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::breakers {

namespace {

constexpr std::array legendSwitches{theme::Switch::Closed,     theme::Switch::Open,     theme::Switch::HalfOpen,
                                    theme::Switch::ForcedOpen, theme::Switch::Disabled, theme::Switch::Bypassed,
                                    theme::Switch::Unknown};
constexpr int legendGlyph = 22, legendGap = 6, legendStep = 14;

} // namespace

BreakerLegend::BreakerLegend(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"legend"_s);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QStringList words;
    for (const theme::Switch glyph : legendSwitches)
        words.append(theme::switchWord(glyph));
    setAccessibleName(tr("Shapes: %1").arg(words.join(u", "_s)));
    setToolTip(tr("closed: the arm lies flat, calls pass\n"
                  "open: the arm is up, calls are refused\n"
                  "half-open: a dashed arm, a few calls probe\n"
                  "forced open: held open by a person\n"
                  "disabled: struck through, it does not count\n"
                  "bypassed: an arc over the gap, calls pass by it\n"
                  "unknown: a question mark, nobody said"));
}

int BreakerLegend::wholeWidth() const
{
    const QFontMetricsF metrics(theme::font(theme::TextSize::Small));
    qreal width = 0;
    for (const theme::Switch glyph : legendSwitches)
        width += legendGlyph + legendGap + metrics.horizontalAdvance(theme::switchWord(glyph)) + legendStep;
    return static_cast<int>(std::ceil(width - legendStep));
}

QSize BreakerLegend::sizeHint() const
{
    return {wholeWidth(), theme::buttonHeight};
}

QSize BreakerLegend::minimumSizeHint() const
{
    return {20, theme::buttonHeight};
}

void BreakerLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const QFont font = theme::font(theme::TextSize::Small);
    const QFontMetricsF metrics(font);
    if (wholeWidth() > width()) {
        const QString words = tr("Shapes and words");
        const qreal needed = metrics.horizontalAdvance(words) + 24;
        const bool fits = needed <= width();
        qreal x = width() - (fits ? needed : 16);
        theme::paintIcon(painter, theme::Icon::Info, QRectF(x, height() / 2.0 - 8, 16, 16),
                         look.color(theme::Token::Text2));
        if (fits)
            theme::paintText(painter, QRectF(x + 24, 0, needed - 23, height()), words, font,
                             look.color(theme::Token::Text2));
        return;
    }
    qreal x = width() - wholeWidth();
    const theme::StatePainter shapes(look);
    for (const theme::Switch glyph : legendSwitches) {
        shapes.paint(painter, glyph, QRectF(x, height() / 2.0 - 8, legendGlyph, 16));
        x += legendGlyph + legendGap;
        const QString word = theme::switchWord(glyph);
        const qreal taken = metrics.horizontalAdvance(word);
        theme::paintText(painter, QRectF(x, 0, taken + 1, height()), word, font, look.color(theme::Token::Text2));
        x += taken + legendStep;
    }
}

} // namespace atalaya::breakers

#include "moc_breaker_legend.cpp"
