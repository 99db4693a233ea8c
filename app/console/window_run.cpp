// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/window_run.h"

#include "app/console/workspace_choice.h"
#include "models/workspace/workspace_decoder.h"
#include "widgets/theme/theme.h"
#include "widgets/workspace/first_run_page.h"
#include "widgets/workspace/start_failure_page.h"

#include <QtWidgets/QApplication>

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;

WindowRun::WindowRun(const CommandLine &line, const VerbServices &services, QObject *parent)
    : QObject(parent), m_line(line), m_services(services)
{
    connect(qApp, &QGuiApplication::lastWindowClosed, this, &WindowRun::stop);
}

WindowRun::~WindowRun()
{
    m_open.close();
}

void WindowRun::start()
{
    setTheme(m_line.has(u"theme"_s) ? m_line.value(u"theme"_s) : m_services.settings.theme());
    if (m_line.has(u"drill"_s)) {
        showFirstRun();
        return startDrill();
    }
    const QString file = workspaceFileFor(m_line, m_services.settings);
    if (file.isEmpty())
        return showFirstRun();
    showWorkspace(file, m_line.value(u"environment"_s), true);
}

void WindowRun::stop()
{
    rememberWindow();
    m_open.close();
    m_plain.reset();
    if (!m_drill)
        return Q_EMIT ended();
    connect(m_drill.get(), &stack::DrillStack::ended, this, &WindowRun::ended, Qt::UniqueConnection);
    m_drill->stop();
}

void WindowRun::showFirstRun()
{
    auto page = std::make_unique<workspace::FirstRunPage>();
    m_firstRun = page.get();
    connect(m_firstRun, &workspace::FirstRunPage::drillRequested, this, &WindowRun::startDrill);
    connect(m_firstRun, &workspace::FirstRunPage::workspaceOpenRequested, this,
            [this](const QString &file) { showWorkspace(file, {}, true); });
    replace(std::move(page));
}

void WindowRun::showWorkspace(const QString &file, const QString &environmentName, bool remember)
{
    const auto failed = [&](const Error &error) {
        auto page = std::make_unique<workspace::StartFailurePage>(file, error);
        connect(page.get(), &workspace::StartFailurePage::tryAgainRequested, this,
                [=, this] { showWorkspace(file, environmentName, remember); });
        connect(page.get(), &workspace::StartFailurePage::workspaceOpenRequested, this,
                [this](const QString &other) { showWorkspace(other, {}, true); });
        replace(std::move(page));
    };
    const auto workspace = workspace::readWorkspace(file);
    if (!workspace)
        return failed(workspace.error());
    // The window can switch between environments, so without a name it simply begins with the first.
    const QString name = environmentName.isEmpty() && !workspace->environments.isEmpty()
                             ? workspace->environments.first().name
                             : environmentName;
    const auto environment = chosenEnvironment(*workspace, name);
    if (!environment)
        return failed(environment.error());
    if (remember)
        m_services.settings.setLastWorkspace(workspace->file);
    showEnvironment(*workspace, *environment);
}

void WindowRun::showEnvironment(const workspace::Workspace &workspace, const workspace::Environment &environment)
{
    rememberWindow();
    const bool remember = !m_drill || m_drill->addresses().workspaceFile != workspace.file;
    OpenWindow next = openWindow(workspace, environment, m_services);
    shell::MainWindow *window = next.window.get();
    window->setWindowTitle(u"%1 · %2 · Atalaya"_s.arg(environment.name, workspace.name));
    window->resize(1440, 900);
    window->restoreGeometry(m_services.settings.windowGeometry());
    window->showPage(m_services.settings.lastPage());
    // Each of these may take this window down, so they run after its signal has returned.
    connect(
        window, &shell::MainWindow::environmentRequested, this,
        [=, this](const QString &name) { showWorkspace(workspace.file, name, remember); }, Qt::QueuedConnection);
    connect(
        window, &shell::MainWindow::workspaceOpenRequested, this,
        [this](const QString &file) { showWorkspace(file, {}, true); }, Qt::QueuedConnection);
    connect(window, &shell::MainWindow::drillRequested, this, &WindowRun::startDrill, Qt::QueuedConnection);
    connect(window, &shell::MainWindow::themeRequested, this, [this](const QString &name) {
        m_services.settings.setTheme(name == u"system" ? QString() : name);
        setTheme(m_services.settings.theme());
    });
    window->show();
    m_plain.reset();
    m_firstRun = nullptr;
    m_open.close();
    m_open = std::move(next);
}

void WindowRun::startDrill()
{
    if (m_drill) {
        if (!m_drill->addresses().workspaceFile.isEmpty())
            showWorkspace(m_drill->addresses().workspaceFile, {}, false);
        return;
    }
    stack::DrillOptions options;
    if (m_line.has(u"speed"_s))
        options.speed = m_line.value(u"speed"_s).toDouble();
    m_drill = std::make_unique<stack::DrillStack>(m_services.transport, options);
    connect(m_drill.get(), &stack::DrillStack::progress, this, [this](const QString &text) {
        if (m_firstRun)
            m_firstRun->showProgress(text);
    });
    connect(m_drill.get(), &stack::DrillStack::ready, this,
            [this](const stack::DrillAddresses &drill) { showWorkspace(drill.workspaceFile, {}, false); });
    connect(m_drill.get(), &stack::DrillStack::failed, this, [this](const Error &error) {
        if (!m_firstRun)
            showFirstRun();
        m_firstRun->showProblem(sentenceFor(error));
        m_drill.release()->deleteLater();
    });
    m_drill->start();
}

void WindowRun::setTheme(const QString &name)
{
    theme::applyTheme(*qApp, name == u"light"           ? theme::Scheme::Light
                             : name == u"high-contrast" ? theme::Scheme::HighContrast
                                                        : theme::Scheme::Dark);
}

void WindowRun::replace(std::unique_ptr<QWidget> window)
{
    rememberWindow();
    window->setWindowTitle(u"Atalaya"_s);
    window->resize(960, 620);
    window->show();
    m_plain = std::move(window);
    m_open.close();
}

void WindowRun::rememberWindow()
{
    if (!m_open.window)
        return;
    m_services.settings.setWindowGeometry(m_open.window->saveGeometry());
    m_services.settings.setLastPage(m_open.window->page());
}

} // namespace atalaya::console

#include "moc_window_run.cpp"
