// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/open_window.h"
#include "app/stack/drill_stack.h"

namespace atalaya::workspace {
class FirstRunPage;
}

namespace atalaya::console {

/// The console with a window: which one is on screen (first run, a workspace that cannot be used, an environment), the
/// embedded drill stack where it was asked for, and what is remembered between runs.
class WindowRun final : public QObject
{
    Q_OBJECT
public:
    WindowRun(const CommandLine &line, const VerbServices &services, QObject *parent = nullptr);
    ~WindowRun() override;

    /// Opens what the command line, the environment and the memory of the last run say.
    void start();
    /// Ends the embedded stack, then says so by `ended`. A second call ends it by force.
    void stop();

Q_SIGNALS:
    void ended();

private:
    void showFirstRun();
    void showWorkspace(const QString &file, const QString &environment, bool remember);
    void showEnvironment(const workspace::Workspace &workspace, const workspace::Environment &environment);
    void startDrill();
    void setTheme(const QString &name);
    void replace(std::unique_ptr<QWidget> window);
    void rememberWindow();

    const CommandLine m_line;
    const VerbServices m_services;
    OpenWindow m_open;
    std::unique_ptr<QWidget> m_plain; ///< first run or failure
    workspace::FirstRunPage *m_firstRun = nullptr;
    std::unique_ptr<stack::DrillStack> m_drill;
};

} // namespace atalaya::console
