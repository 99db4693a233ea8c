// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"

#include <QtWidgets/QWidget>

namespace atalaya::workspace {

/// Shown when the workspace cannot be used: what is wrong with file, line and pointer, Try again, and opening another.
class StartFailurePage final : public QWidget
{
    Q_OBJECT
public:
    StartFailurePage(const QString &file, const Error &error, QWidget *parent = nullptr);

Q_SIGNALS:
    void tryAgainRequested();
    void workspaceOpenRequested(const QString &file);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
};

} // namespace atalaya::workspace
