// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icons.h"

#include <QtCore/QList>
#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

#include <functional>

class QFrame;
class QLabel;
class QLineEdit;
class QListView;

namespace atalaya::shell {

/// Something the palette can go to or run.
struct PaletteEntry
{
    QString title;
    QString kind; ///< "Page", "System", "Dashboard", "Action"
    QString keys; ///< "Alt+1", shown at the right
    theme::Icon icon = theme::Icon::ArrowRight;
    std::function<void()> run;
};

class PaletteModel;

/// The field and list that Ctrl+K opens over the window; typing filters without regard to gaps, Return runs, Esc
/// closes.
class CommandPalette final : public QWidget
{
    Q_OBJECT
public:
    explicit CommandPalette(QWidget *window);

    void open(QList<PaletteEntry> entries);
    void close();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void filter(const QString &typed);
    void runRow(int row);
    void place();

    PaletteModel *m_model;
    QFrame *m_frame;
    QLineEdit *m_field;
    QListView *m_list;
    QLabel *m_nothing;
    QPointer<QWidget> m_focusBefore;
};

} // namespace atalaya::shell
