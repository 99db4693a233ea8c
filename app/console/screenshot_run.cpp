// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/screenshot_run.h"

#include "app/console/workspace_choice.h"
#include "models/workspace/workspace_decoder.h"
#include "widgets/theme/theme.h"

#include <QtCore/QFileInfo>
#include <QtGui/QPixmap>
#include <QtWidgets/QApplication>

#include <algorithm>

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

ScreenshotRun::ScreenshotRun(const CommandLine &line, const VerbServices &services, QObject *parent, VerbDone done)
    : QObject(parent), m_line(line), m_services(services), m_done(std::move(done))
{
    m_deadline.setSingleShot(true);
    connect(&m_looking, &QTimer::timeout, this, &ScreenshotRun::look);
    connect(&m_deadline, &QTimer::timeout, this, &ScreenshotRun::finish);
}

ScreenshotRun::~ScreenshotRun()
{
    m_open.close();
}

void ScreenshotRun::start()
{
    const auto refuse = [this](const QString &option, const QString &text) {
        m_done(reportError(m_services, Error{ErrorKind::BadInput, option, text}));
    };
    const auto size = parseSize(m_line.has(u"size"_s) ? m_line.value(u"size"_s) : u"1440x900"_s);
    if (!size)
        return m_done(reportError(m_services, size.error()));
    const auto timeout = timeoutOf(m_line, m_line.has(u"drill"_s) ? 120s : 30s);
    if (!timeout)
        return m_done(reportError(m_services, timeout.error()));
    m_out = m_line.value(u"out"_s);
    if (m_out.isEmpty())
        return refuse(u"--out"_s, u"the file to write is missing"_s);
    const QString scheme = m_line.has(u"theme"_s) ? m_line.value(u"theme"_s) : u"dark"_s;
    if (scheme != u"dark" && scheme != u"light" && scheme != u"high-contrast")
        return refuse(u"--theme"_s, u"\"%1\" is none of dark, light, high-contrast"_s.arg(scheme));
    m_size = *size;
    m_timeout = *timeout;
    theme::applyTheme(*qApp, scheme == u"light"  ? theme::Scheme::Light
                             : scheme == u"dark" ? theme::Scheme::Dark
                                                 : theme::Scheme::HighContrast);

    if (!m_line.has(u"drill"_s)) {
        const QString file = workspaceFileFor(m_line, m_services.settings);
        if (file.isEmpty())
            return refuse(u"--workspace"_s, u"no workspace is configured; name one, or use --drill"_s);
        return draw(file);
    }
    stack::DrillOptions options;
    if (m_line.has(u"speed"_s))
        options.speed = m_line.value(u"speed"_s).toDouble();
    m_drill = std::make_unique<stack::DrillStack>(m_services.transport, options);
    connect(m_drill.get(), &stack::DrillStack::progress, this, [this](const QString &text) { m_services.error(text); });
    connect(m_drill.get(), &stack::DrillStack::ready, this,
            [this](const stack::DrillAddresses &drill) { draw(drill.workspaceFile); });
    connect(m_drill.get(), &stack::DrillStack::failed, this,
            [this](const Error &error) { end(reportError(m_services, error)); });
    m_drill->start();
}

void ScreenshotRun::draw(const QString &workspaceFile)
{
    const auto workspace = workspace::readWorkspace(workspaceFile);
    if (!workspace) {
        reportError(m_services, workspace.error());
        return end(BadUsage);
    }
    const auto environment = chosenEnvironment(*workspace, m_line.value(u"environment"_s));
    if (!environment) {
        reportError(m_services, environment.error());
        return end(BadUsage);
    }
    m_open = openWindow(*workspace, *environment, m_services);
    const QString page = m_line.has(u"page"_s) ? m_line.value(u"page"_s) : u"overview"_s;
    if (!m_open.window->pages().contains(page)) {
        reportError(m_services,
                    Error{ErrorKind::BadInput, u"--page"_s,
                          u"no page \"%1\"; there are %2"_s.arg(page, m_open.window->pages().join(u", "_s))});
        return end(BadUsage);
    }
    m_open.window->resize(m_size);
    m_open.window->showPage(page);
    if (m_line.has(u"system"_s))
        m_open.window->filterSystem(m_line.value(u"system"_s));
    m_open.window->show();
    m_deadline.start(m_timeout);
    m_looking.start(50ms);
}

void ScreenshotRun::look()
{
    // Three looks in a row: an answer that has just arrived may have asked for another (a chart behind a list).
    const bool isSettled = m_open.window && m_open.window->isSettled() && (!m_drill || hasDrillData());
    m_settledLooks = isSettled ? m_settledLooks + 1 : 0;
    if (m_settledLooks >= 3)
        finish();
}

bool ScreenshotRun::hasDrillData()
{
    const QList<breakers::Breaker> breakers = m_open.session->breakers->breakers();
    const bool isScraped = !breakers.isEmpty() && std::all_of(breakers.begin(), breakers.end(),
                                                              [](const breakers::Breaker &b) { return b.gaugeLive; });
    if (!isScraped || m_open.session->overview->verdict().worst != State::Ok) {
        m_calmSince.reset();
        return false;
    }
    const Timestamp now = m_services.clock.now();
    if (!m_calmSince)
        m_calmSince = now;
    // A rate needs a second scrape, and the page reads it with its next refresh.
    Milliseconds wait = 16s;
    for (const workspace::Source &source : m_open.session->environment.sources) {
        if (source.kind == workspace::SourceKind::Prometheus)
            wait += 2 * source.scrapeInterval;
    }
    return now - *m_calmSince >= wait;
}

void ScreenshotRun::finish()
{
    m_looking.stop();
    m_deadline.stop();
    const QPixmap picture = m_open.window->grab();
    if (!picture.save(m_out, "PNG")) {
        m_services.error(u"%1: cannot be written"_s.arg(m_out));
        return end(BadUsage);
    }
    Json sources = Json::array();
    int status = Done;
    for (const refresh::SourceStatus &source : m_open.session->monitor.statuses()) {
        sources.push_back({{"name", textForm(source.name)}, {"freshness", textForm(freshnessWord(source.freshness))}});
        if (source.freshness != Freshness::Live)
            status = SourceUnreachable;
    }
    const Json answer{{"out", textForm(QFileInfo(m_out).absoluteFilePath())},
                      {"page", textForm(m_open.window->page())},
                      {"sources", sources}};
    m_services.out(m_line.has(u"json"_s) ? jsonText(answer) : u"Wrote %1\n"_s.arg(QFileInfo(m_out).absoluteFilePath()));
    end(status);
}

void ScreenshotRun::end(int status)
{
    m_looking.stop();
    m_deadline.stop();
    m_open.close();
    if (!m_drill)
        return m_done(status);
    connect(m_drill.get(), &stack::DrillStack::ended, this, [this, status] { m_done(status); });
    m_drill->stop();
}

} // namespace atalaya::console

#include "moc_screenshot_run.cpp"
