// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/startup_validation.h"

namespace atalaya::fleet {

StartupValidation::StartupValidation(Simulation &simulation, std::vector<StartupCheck> checks, bool isEnabled,
                                     bool failsOnWarning)
    : m_simulation(simulation), m_checks(std::move(checks)), m_isEnabled(isEnabled), m_failsOnWarning(failsOnWarning)
{
}

void StartupValidation::start(const std::weak_ptr<const void> &owner, std::function<void()> finished)
{
    m_startedAt = m_simulation.moment();
    m_owner = owner;
    m_finished = std::move(finished);
    if (!m_isEnabled) {
        m_phase = Phase::Skipped;
        m_finishedAt = m_startedAt;
        m_finished();
        return;
    }
    runNext();
}

void StartupValidation::runNext()
{
    if (m_results.size() == m_checks.size()) {
        finish();
        return;
    }
    const StartupCheck &check = m_checks[m_results.size()];
    const SimTime begin = m_simulation.now();
    check.run([this, begin](CheckVerdict verdict) {
        const StartupCheck &done = m_checks[m_results.size()];
        m_results.push_back({done.name, done.isCritical, std::move(verdict), m_simulation.now() - begin});
        m_simulation.schedule(m_simulation.now(), m_owner, [this] { runNext(); });
    });
}

void StartupValidation::finish()
{
    const bool isFailed = criticalFailures() > 0 || (m_failsOnWarning && count(CheckStatus::Warning) > 0);
    m_phase = isFailed ? Phase::Failed : Phase::Passed;
    m_finishedAt = m_simulation.moment();
    m_finished();
}

std::optional<std::string> StartupValidation::runningCheck() const
{
    if (m_phase != Phase::Running || m_results.size() >= m_checks.size())
        return {};
    return m_checks[m_results.size()].name;
}

SimTime StartupValidation::duration() const
{
    return (m_finishedAt ? m_finishedAt->sim : m_simulation.now()) - m_startedAt.sim;
}

int StartupValidation::count(CheckStatus status) const
{
    return int(std::count_if(m_results.begin(), m_results.end(),
                             [&](const CheckResult &result) { return result.verdict.status == status; }));
}

int StartupValidation::criticalFailures() const
{
    return int(std::count_if(m_results.begin(), m_results.end(), [](const CheckResult &result) {
        return result.isCritical && result.verdict.status == CheckStatus::Fail;
    }));
}

} // namespace atalaya::fleet
