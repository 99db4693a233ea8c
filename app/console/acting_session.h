// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/silence_writes.h"
#include "models/breakers/breaker_writes.h"
#include "models/control/command_runner.h"
#include "models/flags/flag_writes.h"
#include "models/workspace/endpoint_resolver.h"

namespace atalaya::console {

/// The operator's journal: `$XDG_DATA_HOME/atalaya/journal.sqlite`.
QString journalFile();
/// The operator as this machine knows them. `client`: "window" or "command line".
control::Operator operatorHere(const QString &client);

/// What it takes to act in one environment: journal, guard, runner and the writes of each feature. `transport`,
/// `secrets` and `clock` must outlive it.
class ActingSession
{
public:
    ActingSession(const workspace::Environment &environment, bool isReadOnly, const QString &client,
                  http::Transport &transport, workspace::SecretSource &secrets, const Clock &clock);

    const workspace::Environment environment;
    workspace::EndpointResolver resolver;
    journal::Journal journal;
    control::EnvironmentGuard guard;
    breakers::BreakerWrites breakers;
    flags::FlagWrites flags;
    alerts::SilenceWrites silences;
    control::CommandRunner runner;

private:
    ActingSession(const ActingSession &) = delete;
};

} // namespace atalaya::console
