// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/flags/systems_without.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>

using namespace Qt::Literals::StringLiterals;

namespace atalaya::flags {

SystemsWithout::SystemsWithout(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"systemsWithout"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    hide();
}

void SystemsWithout::show(const QStringList &systems)
{
    if (systems == m_systems)
        return;
    m_systems = systems;
    setVisible(!m_systems.isEmpty());
    setAccessibleName(tr("Systems without flags: %1").arg(m_systems.join(u", "_s)));
    setToolTip(accessibleName());
    update();
}

void SystemsWithout::paintEvent(QPaintEvent *)
{
    using theme::Token;
    QPainter painter(this);
    const theme::Theme &look = theme::themeOf(this);
    const QFont small = theme::font(theme::TextSize::Small);
    const QFontMetricsF metrics(small);
    theme::paintText(painter, QRectF(0, 0, width(), 18), tr("Systems without flags"), small, look.color(Token::Text2));
    qreal x = 0;
    for (const QString &system : std::as_const(m_systems)) {
        const qreal chip = metrics.horizontalAdvance(system) + 14;
        if (x + chip > width())
            return;
        theme::paintSurface(painter, QRectF(x, 24, chip, 20), theme::chipRadius, look.color(Token::Raised),
                            look.isDark() ? QColor() : look.color(Token::Line));
        theme::paintText(painter, QRectF(x, 24, chip, 20), system, small, look.color(Token::Text1), Qt::AlignHCenter);
        x += chip + 4;
    }
    theme::paintText(painter, QRectF(x + 8, 24, width() - x - 8, 20), tr("their control endpoints declare none"), small,
                     look.color(Token::Text2));
}

} // namespace atalaya::flags

#include "moc_systems_without.cpp"
