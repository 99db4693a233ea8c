// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QWidget>

#include <memory>

namespace atalaya::workspace {

/// Shown when nothing is configured: starting the drill stack or opening a workspace file, by button or by drop.
class FirstRunPage final : public QWidget
{
    Q_OBJECT
public:
    explicit FirstRunPage(QWidget *parent = nullptr);
    ~FirstRunPage() override;

    /// While something starts: the buttons rest and this sentence says what is done. Empty: back to the choice.
    void showProgress(const QString &sentence);
    /// The start failed; the choice stays.
    void showProblem(const QString &sentence);

Q_SIGNALS:
    void drillRequested();
    void workspaceOpenRequested(const QString &file);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::workspace
