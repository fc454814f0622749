@echo off
rem Double-click: the week after the last roster is solved and written into the folder of rosters.
rem Only ASCII in this file: cmd reads it in the code page of the machine.
chcp 65001 >nul
set PYTHONUTF8=1
set run=python -m cstools
where py >nul 2>nul && set run=py -m cstools
where cstools >nul 2>nul && set run=cstools
%run% --desk "%~dp0." roster solve
echo.
pause
