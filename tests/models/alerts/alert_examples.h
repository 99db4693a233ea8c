// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/alerts/alert.h"
#include "tests/support/fake_transport.h"

#include <QtCore/QFile>

#include <gtest/gtest.h>

namespace atalaya::alerts::test {

/// A file that a real server once answered with.
inline QByteArray recorded(const char *name)
{
    QFile file(QStringLiteral(ATALAYA_SOURCE_DIR "/tests/fixtures/alerts/") + QLatin1StringView(name));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name;
    return file.readAll();
}

inline Timestamp at(qint64 seconds)
{
    return Timestamp(std::chrono::seconds(seconds));
}

inline Alert alertNamed(const QString &name, AlertState state, Labels labels = {}, qint64 since = 1000)
{
    Alert alert;
    alert.name = name;
    alert.state = state;
    labels[QStringLiteral("alertname")] = name;
    alert.severity = labelValue(labels, QStringLiteral("severity"));
    alert.system = labelValue(labels, QStringLiteral("system"));
    alert.labels = labels;
    alert.fingerprint = fingerprintOf(labels);
    alert.startsAt = alert.activeAt = at(since);
    return alert;
}

} // namespace atalaya::alerts::test
