// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/refresh/source_monitor.h"
#include "models/workspace/workspace.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QWidget>

class QHBoxLayout;
class QTimer;

namespace atalaya::common {
class FreshnessPill;
}

namespace atalaya::shell {

class EnvironmentName;
class SourcePopover;

/// The coloured band over the whole width: which environment this is, how it is guarded, and how fresh each source is.
/// In a narrow window live sources share one pill; one that is not live never does.
class EnvironmentBand final : public QWidget
{
    Q_OBJECT
public:
    EnvironmentBand(const workspace::Environment &environment, const QStringList &environmentNames,
                    refresh::SourceMonitor &monitor, const Clock &clock, const QTimeZone &zone,
                    QWidget *parent = nullptr);

    void setNarrow(bool narrow);
    void setTimeZone(const QTimeZone &zone) { m_zone = zone; }

Q_SIGNALS:
    void environmentRequested(const QString &name);
    void askNowRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void later();
    void refresh();
    void openPopover(int index);
    void openEnvironmentMenu();

    const workspace::Environment &m_environment;
    QStringList m_names;
    refresh::SourceMonitor &m_monitor;
    const Clock &m_clock;
    QTimeZone m_zone;
    bool m_narrow = false;
    bool m_waiting = false;
    EnvironmentName *m_name;
    QHBoxLayout *m_layout;
    QWidget *m_sourcesWord;
    QList<common::FreshnessPill *> m_pills;
    QList<QList<refresh::SourceStatus>> m_shown; ///< what each pill stands for
    SourcePopover *m_popover = nullptr;
    QTimer *m_second;
};

} // namespace atalaya::shell
