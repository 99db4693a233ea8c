// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/environment_band.h"

#include "widgets/common/buttons.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/spacing.h"
#include "widgets/theme/surface_paint.h"

#include <QtCore/QEvent>
#include <QtGui/QFontMetricsF>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtWidgets/QBoxLayout>

#include <cmath>

namespace atalaya::common {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qreal bandLockLeft = theme::pagePadding;
constexpr qreal bandNameLeft = bandLockLeft + 24;

qreal bandTextWidth(const QString &text, theme::TextSize size, QFont::Weight weight)
{
    return std::ceil(QFontMetricsF(theme::font(size, weight)).horizontalAdvance(text));
}

} // namespace

EnvironmentBand::EnvironmentBand(QWidget *parent)
    : QWidget(parent), m_action(button({}, ButtonRole::Outline, {}, ButtonSize::Small, this)), m_right(new QHBoxLayout)
{
    setFixedHeight(theme::bandHeight);
    m_action->setObjectName(u"bandAction"_s);
    m_action->hide();
    connect(m_action, &QPushButton::clicked, this, &EnvironmentBand::lockActionRequested);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 12, 2);
    layout->addStretch(1);
    m_right->setSpacing(8);
    layout->addLayout(m_right);
}

void EnvironmentBand::setReading(const BandReading &reading)
{
    if (m_reading == reading)
        return;
    m_reading = reading;
    m_action->setText(reading.lockAction);
    m_action->setAccessibleName(reading.lockAction);
    m_action->setVisible(!reading.lockAction.isEmpty());
    QStringList parts{reading.name};
    if (reading.isProtected)
        parts += tr("protected");
    parts += reading.lockWords;
    parts.removeAll(QString());
    setAccessibleName(tr("Environment %1").arg(parts.join(u", "_s)));
    place();
    update();
}

void EnvironmentBand::addRight(QWidget *widget)
{
    m_right->addWidget(widget);
}

void EnvironmentBand::setTopRadius(int radius)
{
    m_topRadius = radius;
    update();
}

QSize EnvironmentBand::sizeHint() const
{
    return {400, theme::bandHeight};
}

void EnvironmentBand::place()
{
    const theme::Theme &theme = theme::themeOf(this);
    // The button wears the band's colours, which no style sheet role knows.
    const QString style =
        u"QPushButton { background: transparent; color: %1; border: 1px solid %1; min-height: 18px; "
        "border-radius: 4px; padding: 0 8px; } QPushButton:focus { border: 2px solid %1; padding: 0 7px; "
        "min-height: 16px; }"_s.arg(theme.bandText(m_reading.kind).name());
    if (m_action->styleSheet() != style)
        m_action->setStyleSheet(style);
    qreal x = bandNameLeft + bandTextWidth(m_reading.name, theme::TextSize::Body, QFont::DemiBold) + 8;
    if (m_reading.isProtected)
        x += bandTextWidth(tr("protected"), theme::TextSize::Small, QFont::Normal) + 12 + 16;
    if (!m_reading.lockWords.isEmpty())
        x += bandTextWidth(m_reading.lockWords, theme::TextSize::Body, QFont::Medium) + 9;
    const QSize size = m_action->sizeHint();
    m_action->setGeometry(static_cast<int>(x), (theme::bandHeight - 2 - size.height()) / 2, size.width(),
                          size.height());
}

void EnvironmentBand::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        place();
}

void EnvironmentBand::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void EnvironmentBand::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const theme::Theme &theme = theme::themeOf(this);
    const theme::BandKind kind = m_reading.kind;
    if (m_topRadius > 0) {
        QPainterPath clip;
        clip.addRoundedRect(QRectF(rect()).adjusted(0, 0, 0, m_topRadius), m_topRadius, m_topRadius);
        painter.setClipPath(clip);
    }
    const QRectF fill = QRectF(rect()).adjusted(0, 0, 0, -2);
    if (m_reading.isUnlocked)
        theme::paintUnlockedStripes(painter, fill, theme, kind);
    else
        painter.fillRect(fill, theme.bandFill(kind));
    if (kind == theme::BandKind::Drill) {
        painter.fillRect(QRectF(0, height() - 2, width(), 2), theme.bandFill(kind));
        QPen dashed(theme.bandLine(kind), 2, Qt::CustomDashLine, Qt::FlatCap);
        dashed.setDashPattern({4, 3});
        painter.setPen(dashed);
        painter.drawLine(QPointF(0, height() - 1), QPointF(width(), height() - 1));
    } else {
        painter.fillRect(QRectF(0, height() - 2, width(), 2), theme.bandLine(kind));
    }

    const QColor &ink = theme.bandText(kind);
    const bool locked = !m_reading.isUnlocked;
    theme::paintIcon(painter, locked ? theme::Icon::Lock : theme::Icon::Unlock,
                     QRectF(bandLockLeft, fill.center().y() - 8, 16, 16), ink);
    qreal x = bandNameLeft;
    const QFont nameFont = theme::font(theme::TextSize::Body, QFont::DemiBold);
    x += theme::paintText(painter, QRectF(x, 0, width() - x, fill.height()), m_reading.name, nameFont, ink) + 8;
    if (m_reading.isProtected) {
        const qreal words = bandTextWidth(tr("protected"), theme::TextSize::Small, QFont::Normal);
        const QRectF frame(x, fill.center().y() - 9, words + 12, 18);
        theme::paintSurface(painter, frame, 3, {}, ink);
        theme::paintText(painter, frame.adjusted(6, 0, 0, 0), tr("protected"), theme::font(theme::TextSize::Small),
                         ink);
        x = frame.right() + 16;
    }
    theme::paintText(painter, QRectF(x, 0, width() - x, fill.height()), m_reading.lockWords,
                     theme::font(theme::TextSize::Body, QFont::Medium), theme.color(theme::Token::Text1));
}

} // namespace atalaya::common
