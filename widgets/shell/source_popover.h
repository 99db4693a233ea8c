// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/refresh/source_monitor.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QFrame>

class QVBoxLayout;

namespace atalaya::shell {

/// What a freshness pill opens: since when a source is silent, in its own words, and asking again.
class SourcePopover final : public QFrame
{
    Q_OBJECT
public:
    explicit SourcePopover(QWidget *parent);

    void openBelow(QWidget *anchor, const QList<refresh::SourceStatus> &sources, Timestamp now, const QTimeZone &zone);

Q_SIGNALS:
    void tryNowRequested();

private:
    QVBoxLayout *m_layout;
    QWidget *m_content = nullptr;
};

/// "live, answered 4 s ago", "stale for 4 m 12 s", "has never answered", "asked for the first time".
QString freshnessSentence(const refresh::SourceStatus &source, Timestamp now);

} // namespace atalaya::shell
