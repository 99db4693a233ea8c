// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QWidget>

class QTimer;
class QToolButton;

namespace atalaya::shell {

/// The lowest line: the last command, the lock, the clock in local time or UTC, the look, the version.
class StatusStrip final : public QWidget
{
    Q_OBJECT
public:
    StatusStrip(const Clock &clock, const QTimeZone &local, QWidget *parent = nullptr);

    bool showsUtc() const { return m_utc; }
    void setUtc(bool utc);
    QTimeZone zone() const { return m_utc ? QTimeZone::utc() : m_local; }
    /// A sentence about the workspace that should not be overlooked; empty: none.
    void setWarnings(const QStringList &warnings);

Q_SIGNALS:
    void zoneChanged(const QTimeZone &zone);
    void themeRequested(const QString &name);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void tick();

    const Clock &m_clock;
    QTimeZone m_local;
    bool m_utc = false;
    QToolButton *m_clockButton;
    QToolButton *m_warnings;
    QTimer *m_timer;
};

} // namespace atalaya::shell
