// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/stack/drill_stack.h"
#include "models/http/network_transport.h"
#include "tests/app/stack/stack_support.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>

#include <set>

namespace atalaya::stack::test {

/// One drill with the real servers, and a look at it from outside. Folders are its own, so that a developer's drills
/// are neither seen nor cleared.
class DrillRig
{
public:
    explicit DrillRig(DrillOptions options);

    /// False when it failed, or is not ready in time; `failure` then says why.
    bool startAndAwaitReady();
    /// Stops it and waits for its end.
    bool stopAndAwaitEnd();

    DrillStack &stack() { return *m_stack; }
    void destroyStack() { m_stack.reset(); }
    const DrillAddresses &addresses() const { return m_stack->addresses(); }
    const QString &parentFolder() const { return m_options.parentFolder; }
    const QString &failureText() const { return m_failure; }
    /// "ready", "history", "historyFailed: ...", "failed", "ended", in the order they came; progress left out.
    const QStringList &events() const { return m_events; }

    /// A read; null on any failure.
    QJsonDocument get(const QUrl &server, const QString &path, const QList<std::pair<QString, QString>> &query = {},
                      const QString &tokenFile = {});

    /// Names of Prometheus' alerts in that state ("pending", "firing").
    std::set<QString> alerts(const QString &state);
    std::set<QString> alertsInAlertmanager();
    /// The values of an instant query, one for each series; NaN is left out.
    QList<double> instantValues(const QString &expression);
    /// Sample times of a range query, for each series.
    QList<QList<double>> rangeTimes(const QString &expression, double from, double to, double step);
    /// On one instance, or on all where `instance` is empty.
    bool setIncident(const QString &name, bool isActive, const QString &instance = {});

private:
    http::NetworkTransport m_transport;
    QTemporaryDir m_folder{folderTemplate()};
    DrillOptions m_options;
    std::unique_ptr<DrillStack> m_stack;
    QString m_failure;
    QStringList m_events;
};

} // namespace atalaya::stack::test
