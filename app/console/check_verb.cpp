// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/environment_session.h"
#include "app/console/verb_services.h"
#include "models/startup/startup_checks.h"

namespace atalaya::console {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Session and checks of one run; the checks look at the session's stores.
struct CheckRun final : public QObject
{
    CheckRun(const WorkspaceInUse &used, const VerbServices &services, QObject *parent)
        : QObject(parent)
        , session(used.environment, EnvironmentSession::All, services.transport, services.secrets, services.clock)
        , checks(
              used.workspace, used.environment,
              {*session.alerts, *session.health, *session.breakers, *session.flags, *session.metrics, session.monitor},
              services.secrets, services.clock)
    {
    }

    EnvironmentSession session;
    startup::StartupChecks checks;
};

struct Counts
{
    int passed = 0, warnings = 0, criticalFailures = 0, failures = 0;
};

Counts countsOf(const health::StartupReport &report)
{
    Counts counts;
    for (const health::StartupCheck &check : report.checks) {
        counts.passed += check.status == u"pass";
        counts.warnings += check.status == u"warning";
        counts.failures += check.status == u"fail";
        counts.criticalFailures += check.status == u"fail" && check.critical;
    }
    return counts;
}

Json reportForm(const health::StartupReport &report)
{
    const Counts counts = countsOf(report);
    Json results = Json::array();
    for (const health::StartupCheck &check : report.checks)
        results.push_back({{"name", textForm(check.name)},
                           {"status", textForm(check.status)},
                           {"message", textForm(check.message)},
                           {"critical", check.critical},
                           {"duration_ms", check.durationMs}});
    return {{"status", textForm(report.status)},
            {"total_duration_ms", report.totalDurationMs},
            {"total_checks", report.checks.size()},
            {"passed", counts.passed},
            {"warnings", counts.warnings},
            {"critical_failures", counts.criticalFailures},
            {"results", results}};
}

} // namespace

void runCheck(const CommandLine &line, const VerbServices &services, QObject *context, VerbDone done)
{
    // The specification's budget is five seconds, with everything dead; half a second of it is for starting and
    // printing.
    const auto timeout = timeoutOf(line, 4500ms);
    if (!timeout)
        return done(reportError(services, timeout.error()));
    const auto used = workspaceInUse(line, services);
    if (!used) {
        reportError(services, used.error());
        return done(BadUsage);
    }
    auto *run = new CheckRun(*used, services, context);
    QObject::connect(&run->checks, &startup::StartupChecks::finished, run, [=](const health::StartupReport &report) {
        const Counts counts = countsOf(report);
        QList<QStringList> rows;
        bool silentSource = false;
        for (const health::StartupCheck &check : report.checks) {
            rows.append({check.status, check.name, check.message});
            silentSource = silentSource || (check.status == u"fail" && (check.name.startsWith(u"prometheus ") ||
                                                                        check.name.startsWith(u"alertmanager ")));
        }
        const QString text = tableText({u"RESULT"_s, u"CHECK"_s, u"WHAT"_s}, rows) +
                             u"%1: %2 of %3 passed, %4 warnings, %5 critical failures, %6 s\n"_s.arg(report.status)
                                 .arg(counts.passed)
                                 .arg(report.checks.size())
                                 .arg(counts.warnings)
                                 .arg(counts.criticalFailures)
                                 .arg(report.totalDurationMs / 1000, 0, 'f', 1);
        services.out(line.has(u"json"_s) ? jsonText(reportForm(report)) : text);
        done(silentSource ? SourceUnreachable : counts.failures > 0 ? AnswerIsNo : Done);
    });
    run->checks.run(*timeout);
}

} // namespace atalaya::console
