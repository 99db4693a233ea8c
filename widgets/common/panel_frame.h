// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/state.h"
#include "widgets/theme/icons.h"

#include <QtWidgets/QFrame>

#include <optional>

class QHBoxLayout;
class QToolButton;
class QVBoxLayout;

namespace atalaya::common {

class ElideLabel;
class StateLabel;

/// A card with a 32 px header: title, unit, a note at the right (shape and word and age when a query failed), and tools
/// that appear on hover and while something inside has the focus. The body fills the rest.
class PanelFrame : public QFrame
{
    Q_OBJECT
public:
    explicit PanelFrame(const QString &title = {}, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    QString title() const;
    void setUnit(const QString &unit);
    /// Plain words at the right of the header ("asked 1.2 s ago").
    void setNote(const QString &words);
    /// Shape and word at the right ("last good data 03:05:28"); shown also while the tools are.
    void setStateNote(State state, const QString &words, const QString &detail = {});
    void clearNote();
    /// A tool button of the header; its object name is `name`. The frame owns it.
    QToolButton *addTool(theme::Icon icon, const QString &words, const QString &name);
    /// A widget that is always shown at the right of the header.
    void addHeaderWidget(QWidget *widget);
    /// Replaces the body; the frame takes it over and deletes the former one.
    void setBody(QWidget *body);
    QWidget *body() const { return m_body; }
    /// Grey hatch behind everything: what is shown is the last that was known.
    void setStale(bool stale);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showTools();
    ElideLabel *m_title;
    ElideLabel *m_unit;
    ElideLabel *m_note;
    StateLabel *m_stateNote;
    QWidget *m_tools;
    QHBoxLayout *m_toolLayout;
    QHBoxLayout *m_header;
    QVBoxLayout *m_layout;
    QWidget *m_body = nullptr;
    bool m_stale = false;
};

} // namespace atalaya::common
