// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

#include <functional>

class QMimeData;
class QWidget;

namespace atalaya::workspace {

/// The one local JSON file in what is dragged; empty when it is anything else.
QString droppedWorkspaceFile(const QMimeData *mime);

/// Opens the system's file dialog without blocking; `chosen` is called with the file, not at all when it is cancelled.
void askForWorkspaceFile(QWidget *parent, std::function<void(const QString &)> chosen);

} // namespace atalaya::workspace
