// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/refresh/refresh_schedule.h"
#include "models/refresh/source_monitor.h"
#include "models/workspace/endpoint_resolver.h"
#include "tests/support/event_loop.h"
#include "tests/support/fake_transport.h"
#include "tests/support/manual_clock.h"

#include <QtCore/QAbstractItemModel>

#include <gtest/gtest.h>

namespace atalaya::test {

/// Has no secret at all.
class NoSecrets final : public workspace::SecretSource
{
public:
    Pending<QByteArray> read(const workspace::SecretReference &reference) override
    {
        return readyNow<QByteArray>(
            failure(ErrorKind::Unauthorized, reference.name, QStringLiteral("the variable is not set")));
    }
};

/// What every store stands on, with a clock and a transport of the test's own.
struct StoreBench
{
    ManualClock clock;
    FakeTransport transport;
    NoSecrets secrets;
    workspace::EndpointResolver resolver{secrets};
    refresh::RefreshSchedule schedule{clock};
    refresh::SourceMonitor monitor{clock};

    /// Moves time and starts what is then due.
    void advance(Milliseconds by)
    {
        clock.advance(by);
        schedule.startDue();
    }
    /// Moves time in steps, so that polls keep to their intervals, and waits after each until `isQuiet`.
    void advance(Milliseconds by, Milliseconds step, const std::function<bool()> &isQuiet)
    {
        for (Milliseconds done{0}; done < by; done += step) {
            advance(step);
            EXPECT_TRUE(runUntil(isQuiet));
        }
    }
};

inline Error refused(const QString &words = {})
{
    Error error;
    error.kind = ErrorKind::Unreachable;
    error.endpoint = QStringLiteral("http://a.test");
    error.summary = QStringLiteral("connection refused");
    error.serverWords = words;
    return error;
}

inline workspace::Access accessTo(const QString &url)
{
    workspace::Access access;
    access.url = QUrl(url);
    return access;
}

inline workspace::Source sourceAt(workspace::SourceKind kind, const QString &name, const QString &url)
{
    workspace::Source source;
    source.kind = kind;
    source.name = name;
    source.access = accessTo(url);
    return source;
}

inline workspace::Instance instanceAt(const QString &name, const QString &url)
{
    workspace::Instance instance;
    instance.name = name;
    instance.access = accessTo(url);
    instance.labels = {{QStringLiteral("instance"), name}};
    return instance;
}

/// A model's rows as text, cells joined by " | ", trailing empty cells left out.
inline QStringList printedRows(const QAbstractItemModel &model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells += model.index(row, column).data().toString();
        while (!cells.isEmpty() && cells.last().isEmpty())
            cells.removeLast();
        rows += cells.join(QStringLiteral(" | "));
    }
    return rows;
}

/// The rows as one text, for a comparison whose difference can be read.
inline std::string printed(const QAbstractItemModel &model)
{
    return printedRows(model).join(u'\n').toStdString();
}

} // namespace atalaya::test
