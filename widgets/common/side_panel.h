// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icons.h"
#include "widgets/theme/state_painter.h"

#include <QtWidgets/QFrame>

#include <optional>

class QLabel;
class QVBoxLayout;

namespace atalaya::common {

class ElideLabel;

/// "Around the firing            Open in Explore": a section's title (13/600) and what stands at its right.
class SectionTitle : public QWidget
{
    Q_OBJECT
public:
    explicit SectionTitle(const QString &title, QWidget *parent = nullptr);
    void setTitle(const QString &title);
    void setNote(const QString &note);
    void addRight(QWidget *widget);

private:
    ElideLabel *m_title;
    ElideLabel *m_note;
};

/// The pane at the right of a page, 368 to 424 px, surface colour: a head (shape or icon, title, subtitle, close) over
/// scrolling sections with full-width hairlines. A splitter pane, never a floating window. Escape and the cross ask to
/// close.
class SidePanel : public QFrame
{
    Q_OBJECT
public:
    explicit SidePanel(QWidget *parent = nullptr);

    void setHeading(const QString &title, const QString &subtitle = {}, bool monoTitle = false);
    void setHeadingState(State state);
    void setHeadingSwitch(theme::Switch glyph);
    void setHeadingIcon(theme::Icon icon, theme::Token token = theme::Token::Text2);
    QString heading() const;
    /// Adds a section below the others, with a hairline above it where it is not the first; 16 px padding around
    /// `content`.
    void addSection(QWidget *content);
    /// Removes and deletes all sections.
    void clearSections();

    QSize sizeHint() const override;

Q_SIGNALS:
    void closeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    class Glyph;
    Glyph *m_glyph;
    ElideLabel *m_title;
    ElideLabel *m_subtitle;
    QVBoxLayout *m_sections;
};

} // namespace atalaya::common
