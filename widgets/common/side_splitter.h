// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QSplitter>

class QFrame;
class QShortcut;

namespace atalaya::common {

/// A page with a panel that opens at its right. The panel keeps its width while it is closed and over a restart;
/// Escape anywhere inside asks to close it while it is open.
class SideSplitter final : public QSplitter
{
    Q_OBJECT
public:
    explicit SideSplitter(QWidget *parent);

    /// Takes both over. `side` names the frame around the panel.
    void setPanes(QWidget *page, QWidget *panel, const QString &side);
    bool isPanelOpen() const;
    /// `width`: where nobody has chosen one yet.
    void openPanel(int width);
    void closePanel();

    QByteArray remembered() const;
    void recall(const QByteArray &state) { m_state = state; }

Q_SIGNALS:
    void closeRequested();

private:
    QFrame *m_side = nullptr;
    QShortcut *m_escape;
    QByteArray m_state;
};

} // namespace atalaya::common
