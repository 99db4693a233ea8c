// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/health/health_legend.h"

#include "widgets/health/health_bar_paint.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

#include <array>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::health {

namespace {

constexpr std::array legendStatuses{HealthStatus::Healthy, HealthStatus::Degraded, HealthStatus::Unhealthy,
                                    HealthStatus::Unknown};
constexpr int healthSampleWidth = 24, healthLegendGap = 8, healthLegendStep = 16;

QString legendWord(HealthStatus status)
{
    return status == HealthStatus::Unknown ? HealthLegend::tr("not known") : statusWord(status);
}

} // namespace

HealthLegend::HealthLegend(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"legend"_s);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setToolTip(tr("Severity by height: a low bar is healthy, higher is degraded, highest with crosses is unhealthy,\n"
                  "a dashed frame with a question mark is not known. Nothing is drawn where nobody watched."));
    setAccessibleName(toolTip());
}

QSize HealthLegend::sizeHint() const
{
    const QFontMetricsF metrics(theme::font(theme::TextSize::Small));
    qreal width = 0;
    for (const HealthStatus status : legendStatuses)
        width += healthSampleWidth + healthLegendGap + metrics.horizontalAdvance(legendWord(status)) + healthLegendStep;
    return {static_cast<int>(width), theme::buttonHeight};
}

void HealthLegend::paintEvent(QPaintEvent *)
{
    if (width() < 40)
        return;
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const QFont font = theme::font(theme::TextSize::Small);
    const QFontMetricsF metrics(font);
    const bool withWords = sizeHint().width() - healthLegendStep <= width();
    qreal needed = 0;
    for (const HealthStatus status : legendStatuses)
        needed += healthSampleWidth + healthLegendStep +
                  (withWords ? healthLegendGap + metrics.horizontalAdvance(legendWord(status)) : 0);
    qreal x = width() - needed + healthLegendStep;
    const qreal bottom = height() / 2.0 + 7;
    for (const HealthStatus status : legendStatuses) {
        paintHealthSample(painter, QRectF(x, bottom - 15, healthSampleWidth, 15), look, status);
        x += healthSampleWidth;
        if (withWords) {
            x += healthLegendGap;
            const qreal taken = metrics.horizontalAdvance(legendWord(status));
            theme::paintText(painter, QRectF(x, 0, taken + 1, height()), legendWord(status), font,
                             look.color(theme::Token::Text2));
            x += taken;
        }
        x += healthLegendStep;
    }
}

} // namespace atalaya::health

#include "moc_health_legend.cpp"
