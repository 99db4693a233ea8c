// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/drill/drill_controller.h"
#include "widgets/shell/console_parts.h"

#include <QtCore/QVariantMap>
#include <QtWidgets/QMainWindow>

#include <memory>

namespace atalaya::shell {

/// The console's window over one environment: band, rail, top bar, pages and status strip. Holds no data: pages read
/// their stores. Another environment or workspace is asked for by signal, and gets another window.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// `drill` (null: no drill stack) brings the Drill page and its rail entry; it must outlive the window.
    explicit MainWindow(const ConsoleParts &parts, drill::DrillController *drill = nullptr, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// "overview", "breakers", "flags", "alerts", "health", "dashboards", "drill": those that have a rail entry.
    QStringList pages() const;
    /// An unknown name changes nothing.
    void showPage(const QString &name);
    QString page() const;
    /// Every page shows only this system; empty: all.
    void filterSystem(const QString &key);
    /// True once every store and every query of the shown page has answered or failed: what is drawn will not fill
    /// further by itself.
    bool isSettled() const;

    /// What is worth remembering between runs (page, splitters, columns, sorting, local or UTC); the owner stores it,
    /// together with saveGeometry().
    QVariantMap remembered() const;
    void recall(const QVariantMap &remembered);

Q_SIGNALS:
    void environmentRequested(const QString &name);
    /// "system", "dark", "light" or "high-contrast".
    void themeRequested(const QString &name);
    void workspaceOpenRequested(const QString &file);
    void drillRequested();
    void pageChanged(const QString &name);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::shell
