// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/health_report.h"
#include "tests/support/fake_transport.h"

#include <QtCore/QFile>

#include <gtest/gtest.h>

namespace atalaya::health::test {

inline QByteArray answerOf(const char *name)
{
    QFile file(QStringLiteral(ATALAYA_SOURCE_DIR "/tests/fixtures/health/") + QLatin1StringView(name));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name;
    return file.readAll();
}

} // namespace atalaya::health::test
