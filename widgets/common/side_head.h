// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icons.h"
#include "widgets/theme/state_painter.h"

#include <QtWidgets/QWidget>

class QLabel;

namespace atalaya::common {

/// The head of a page's side panel: a shape, a title over a subtitle, and the cross that asks to close. Both labels
/// are the caller's to fill and to name.
class SideHead final : public QWidget
{
    Q_OBJECT
public:
    SideHead(const QFont &titleFont, QWidget *parent);

    void showState(State state);
    void showSwitch(theme::Switch glyph);
    void showIcon(theme::Icon icon, theme::Token token);
    QLabel *title() const { return m_title; }
    QLabel *subtitle() const { return m_subtitle; }

Q_SIGNALS:
    void closeRequested();

private:
    class Glyph;
    Glyph *m_glyph;
    QLabel *m_title;
    QLabel *m_subtitle;
};

} // namespace atalaya::common
