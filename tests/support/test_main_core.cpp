// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtCore/QCoreApplication>

#include <gmock/gmock.h>

int main(int argc, char **argv)
{
    // A proxy of the machine must not see what the tests send.
    qunsetenv("http_proxy");
    qunsetenv("https_proxy");
    QCoreApplication app(argc, argv);
    testing::InitGoogleMock(&argc, argv);
    return RUN_ALL_TESTS();
}
