// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/simulation.h"

#include <optional>
#include <string>
#include <vector>

namespace atalaya::fleet {

enum class CheckStatus
{
    Pass,
    Warning,
    Fail
};

struct CheckVerdict
{
    CheckStatus status = CheckStatus::Pass;
    std::string message;
};

struct CheckResult
{
    std::string name;
    bool isCritical = false;
    CheckVerdict verdict;
    SimTime duration{0};
};

/// One check. `run` hands its verdict to `done`, at once or later in simulated time.
struct StartupCheck
{
    std::string name;
    bool isCritical = false;
    std::function<void(std::function<void(CheckVerdict)> done)> run;
};

/// Runs the checks one after the other when a process starts, and keeps what they said for as long as it lives. A
/// failed critical check ends the validation as failed; where `failsOnWarning`, so does a warning. Checks have no time
/// limit of their own, so a slow dependency makes a slow start; `budget` is the goal for the whole.
class StartupValidation
{
public:
    enum class Phase
    {
        Skipped,
        Running,
        Passed,
        Failed
    };
    static constexpr SimTime budget = Seconds(5);

    StartupValidation(Simulation &simulation, std::vector<StartupCheck> checks, bool isEnabled, bool failsOnWarning);

    /// `finished` runs once, with the phase decided.
    void start(const std::weak_ptr<const void> &owner, std::function<void()> finished);

    Phase phase() const { return m_phase; }
    const std::vector<CheckResult> &results() const { return m_results; }
    /// The check that is being waited for.
    std::optional<std::string> runningCheck() const;
    /// So far, while it runs.
    SimTime duration() const;
    const Moment &startedAt() const { return m_startedAt; }
    const std::optional<Moment> &finishedAt() const { return m_finishedAt; }
    int count(CheckStatus status) const;
    int criticalFailures() const;

private:
    void runNext();
    void finish();

    Simulation &m_simulation;
    std::vector<StartupCheck> m_checks;
    bool m_isEnabled;
    bool m_failsOnWarning;
    Phase m_phase = Phase::Running;
    std::vector<CheckResult> m_results;
    Moment m_startedAt;
    std::optional<Moment> m_finishedAt;
    std::weak_ptr<const void> m_owner;
    std::function<void()> m_finished;
};

} // namespace atalaya::fleet
