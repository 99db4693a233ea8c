// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"
#include "widgets/theme/theme.h"

#include <QtCore/QRectF>
#include <QtCore/QString>
#include <QtGui/QPixmap>

class QPainter;

namespace atalaya::theme {

/// The breaker glyphs, 22 x 16: two poles and an arm.
enum class Switch
{
    Closed,
    Open,
    HalfOpen,
    ForcedOpen,
    Disabled,
    Bypassed,
    Unknown
};

/// Whose word a state gets: an alert is "critical", a component "unhealthy", a breaker "open".
enum class Subject
{
    Any,
    Alert,
    Health,
    Breaker,
    Command,
    Flag
};

/// Translated lower-case word ("healthy", "half-open", "not confirmed").
QString stateWord(State state, Subject subject = Subject::Any);
QString switchWord(Switch glyph);
/// The state whose colour and background a switch takes (closed ok, open critical, forced open forced, disabled stale,
/// ...).
State switchState(Switch glyph);

/// The one place that draws the eight state shapes and seven switches. Shapes are drawn in a 16 x 16 grid, cut out
/// where they have an inner mark, and cached per shape, colour, size and device ratio in QPixmapCache. Cheap to make on
/// the stack: `StatePainter(themeOf(this)).paint(painter, State::Critical, box)`.
class StatePainter
{
public:
    explicit StatePainter(const Theme &theme) : m_theme(theme) {}

    /// Into the middle of `box`, as large as its smaller side (16; 12 beside small text; 24 in heads), on whole device
    /// pixels.
    void paint(QPainter &painter, State state, const QRectF &box) const;
    /// 22 x 16 into the middle of `box`, scaled by its height.
    void paint(QPainter &painter, Switch glyph, const QRectF &box) const;
    /// With a colour of the caller's (a muted one, say).
    void paint(QPainter &painter, State state, const QRectF &box, const QColor &color) const;
    void paint(QPainter &painter, Switch glyph, const QRectF &box, const QColor &color) const;

    QPixmap pixmap(State state, int size, qreal ratio) const;
    QPixmap pixmap(Switch glyph, int height, qreal ratio) const;

private:
    const Theme &m_theme;
};

} // namespace atalaya::theme
