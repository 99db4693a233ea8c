// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/open_window.h"
#include "app/stack/drill_stack.h"

#include <QtCore/QTimer>

namespace atalaya::console {

/// The verb `screenshot`: draws a page off screen, waits until its data or their failure have arrived, writes the PNG
/// and says how fresh each source was. Needs a QApplication. `done` gets 0, or 6 where a source was not live.
class ScreenshotRun final : public QObject
{
    Q_OBJECT
public:
    ScreenshotRun(const CommandLine &line, const VerbServices &services, QObject *parent, VerbDone done);
    ~ScreenshotRun() override;

    void start();

private:
    void draw(const QString &workspaceFile);
    void look();
    /// A drill of its own began a moment ago: true once its services are up, scraped, and drawn with that.
    bool hasDrillData();
    void finish();
    void end(int status);

    const CommandLine m_line;
    const VerbServices m_services;
    VerbDone m_done;
    OpenWindow m_open;
    std::unique_ptr<stack::DrillStack> m_drill;
    QTimer m_looking;
    QTimer m_deadline;
    int m_settledLooks = 0;
    std::optional<Timestamp> m_calmSince;
    Milliseconds m_timeout{};
    QSize m_size;
    QString m_out;
};

} // namespace atalaya::console
