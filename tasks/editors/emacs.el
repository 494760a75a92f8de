;;; emacs.el --- Emacs with eglot: diagnostics by flymake, fix on save, a fix in two files, renamed models  -*- lexical-binding: t; -*-
;; Each check prints `ok NAME' or `not ok NAME: WHY'; run.mjs counts the lines.
(package-initialize)
(require 'eglot)
(require 'flymake)
(setq make-backup-files nil
      create-lockfiles nil
      eglot-sync-connect 60
      eglot-events-buffer-size 0
      eglot-confirm-server-initiated-edits nil
      flymake-no-changes-timeout 0.1)

(defun check (name passed why)
  (princ (if passed (format "ok %s\n" name) (format "not ok %s: %s\n" name why))))

(defun wait (test)
  (with-timeout (60 nil)
    (while (not (funcall test))
      (accept-process-output nil 0.05)
      (sit-for 0.05))
    t))

(defun codes ()
  "Codes of the findings that flymake shows in this buffer."
  (mapconcat (lambda (one)
               (if (string-match "\\([A-Z]+[0-9]+\\)" (flymake-diagnostic-text one))
                   (match-string 1 (flymake-diagnostic-text one))
                 "?"))
             (flymake-diagnostics) " "))

(defun sees (name expected)
  (wait (lambda () (equal (codes) expected)))
  (check name (equal (codes) expected) (format "%S instead of %S" (codes) expected)))

(defun disk (file)
  (with-temp-buffer (insert-file-contents file) (buffer-string)))

(defun actions (kind)
  "The actions of a kind for the whole buffer."
  (append (jsonrpc-request
           (eglot--current-server-or-lose) :textDocument/codeAction
           (list :textDocument (eglot--TextDocumentIdentifier)
                 :range (list :start '(:line 0 :character 0) :end '(:line 99 :character 0))
                 :context (list :diagnostics [] :only (vector kind))))
          nil))

(defun apply-action (action)
  (let ((edit (or (plist-get action :edit)
                  (plist-get (jsonrpc-request (eglot--current-server-or-lose) :codeAction/resolve action) :edit))))
    (eglot--apply-workspace-edit edit)))

(defvar root default-directory)
(find-file (expand-file-name "shop/tasks.py" root))
(eglot '(python-mode) (project-current) 'eglot-lsp-server
       (list (getenv "DANGLINT_NODE") (getenv "DANGLINT_BIN") "server" "--stdio") "python")
(flymake-mode 1)
(sees "a finding is seen" "DNE101")

(add-hook 'before-save-hook
          (lambda ()
            (when (eglot-managed-p)
              (ignore-errors (eglot-code-actions (point-min) (point-max) "source.fixAll.danglint" t)))))
(set-buffer-modified-p t)
(save-buffer)
(check "fix on save is on the disk" (string-match-p "\\.first()" (disk "tasks.py")) (disk "tasks.py"))
(sees "it is gone then" "")

;; Files that no buffer visits are changed after a question, which batch mode cannot answer.
(find-file-noselect (expand-file-name "shop/callers.py" root))
(find-file (expand-file-name "shop/lookup.py" root))
(flymake-mode 1)
(sees "a second file" "TWO001")
(let ((action (seq-find (lambda (one) (string-match-p "Say so in both files" (plist-get one :title))) (actions "quickfix"))))
  (when action (apply-action action))
  (save-some-buffers t)
  (check "a quick fix in two files"
         (and (string-prefix-p "# getter" (disk "lookup.py")) (string-prefix-p "# caller" (disk "callers.py")))
         (if action "files are as before" "not offered")))

(find-file (expand-file-name "shop/alerts.py" root))
(flymake-mode 1)
(sees "a file that depends on the models" "DNE004")
(rename-file "models.py" "records.py")
(sees "the models are renamed: told anew" "")
(eglot-shutdown (eglot-current-server))
(kill-emacs 0)
;;; emacs.el ends here
